package dev.aegis.policy.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.operation.Operation;
import dev.aegis.policy.Operations;
import dev.aegis.policy.ScriptedSurroundings;
import dev.aegis.policy.meaning.Subject;
import dev.aegis.policy.meaning.Subjects;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** An index finds the very rule that trying all of them in order would find. */
class RuleIndexTests {
  private static final String W = ScriptedSurroundings.WORKSPACE;
  private static final String[] MATCHES = {
    "path_glob = \"${workspace}/src/**\"",
    "path_glob = \"~/.ssh/*\"",
    "path_glob = [\"*.pem\", \"*.key\"]",
    "path_glob = \"**/{build,dist}/**\"",
    "path_glob = \"/srv/data/[ab]*\"",
    "path_glob = \"a\"",
    "path_pattern = \"secret|token\"",
    "path_pattern = \"^/home/[a-z]+/project\"",
    "path_pattern = \"\\\\.env$\"",
    "path_pattern = [\"(x)\", \"main\"]",
    "tool = \"bash\", command_pattern = \"push.*--force\"",
    "tool = \"bash\", command_pattern = \"rm -rf|mkfs\"",
    "tool = \"bash\", program = \"git\", args = [\"push\", \"-*\"]",
    "tool = \"bash\", program = [\"make\", \"/usr/bin/np?\"]",
    "program = \"bash\"",
    "tool = \"bash\", args = \"*force*\"",
    "category = \"git\"",
    "category = [\"git.push\", \"file.delete\"]",
    "category = \"secret.read\", path_glob = \"~/**\"",
    "host_glob = \"192.0.2.*\"",
    "host_glob = [\"127.0.0.1\", \"::1\"], port = 80",
    "tool = \"connect\", port = \"8000-9000\"",
    "risk = \"high\"",
    "tool = [\"write_file\", \"delete_file\"]",
    "",
  };

  private static List<Subject> subjects() {
    List<Operation> operations = new ArrayList<>();
    for (String path :
        List.of(
            W + "/src/main.c",
            W + "/build/x.o",
            W + "/.env",
            W + "/a",
            "/home/ada/.ssh/id_rsa",
            "/srv/data/bbb",
            "/srv/data/c",
            "/x/secret.pem")) {
      operations.add(Operations.read(path));
      operations.add(Operations.write(path));
      operations.add(Operations.delete(path));
      operations.add(Operations.move(path, W + "/moved.key"));
    }
    operations.add(Operations.execute("git", "push", "--force"));
    operations.add(Operations.execute("bash", "-c", "npm test && rm -rf ~ && git push -f"));
    operations.add(Operations.execute("make", "all"));
    operations.add(Operations.execute("/usr/bin/npm", "ci"));
    operations.add(Operations.connect("127.0.0.1", 80));
    operations.add(Operations.connect("192.0.2.7", 8080));
    ScriptedSurroundings world = new ScriptedSurroundings();
    return operations.stream()
        .flatMap(o -> Subjects.shipped().of(o, "/usr/bin/bash", world).stream())
        .toList();
  }

  @Test
  void it_says_what_trying_all_rules_in_order_would_say() {
    Random random = new Random(17);
    List<Subject> subjects = subjects();
    int found = 0;
    for (int round = 0; round < 60; round++) {
      StringBuilder text = new StringBuilder();
      int size = 1 + random.nextInt(round < 30 ? 6 : 60);
      for (int i = 0; i < size; i++) {
        String match = MATCHES[random.nextInt(MATCHES.length)];
        text.append(Policies.rule("r" + i, match, "deny", random.nextInt(20)));
      }
      DocumentReader reader = new DocumentReader(Policies.user(text.toString()));
      List<Rule> rules = new ArrayList<>(reader.read().rules());
      assertThat(reader.problems()).isEmpty();
      rules.sort(Rule.ORDER);
      for (Subject subject : subjects) {
        Rule[] ofKind =
            rules.stream()
                .filter(r -> r.match().kinds().contains(subject.kind()))
                .toArray(Rule[]::new);
        ScriptedSurroundings world = new ScriptedSurroundings();
        Optional<Rule> expected =
            Stream.of(ofKind).filter(r -> r.match().holds(subject, world)).findFirst();
        assertThat(new RuleIndex(ofKind).first(subject, world)).isEqualTo(expected);
        found += expected.isPresent() ? 1 : 0;
      }
    }
    assertThat(found).as("the sample is worth something").isGreaterThan(1_000);
  }
}
