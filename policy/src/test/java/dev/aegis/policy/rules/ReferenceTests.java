package dev.aegis.policy.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The reference in docs/policy-engine.md says what is so. */
class ReferenceTests {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern TOML = Pattern.compile("(?s)\n```toml\n(.*?)\n```");
  private static final Pattern CATEGORY = Pattern.compile("category = \"([a-z_.]+)\"");

  private static String reference() throws IOException {
    return Files.readString(ROOT.resolve("docs/policy-engine.md"));
  }

  @Test
  void every_example_of_a_policy_loads_and_passes_its_tests() throws IOException {
    List<String> policies = new ArrayList<>();
    Matcher examples = TOML.matcher(reference());
    while (examples.find()) {
      if (examples.group(1).contains("[policy") && !examples.group(1).contains("[[program")) {
        policies.add(examples.group(1));
      }
    }
    assertThat(policies).hasSizeGreaterThanOrEqualTo(2);
    for (String policy : policies) {
      assertThat(PolicyLoader.load(List.of(Policies.user(policy))).problems()).as(policy).isEmpty();
    }
  }

  @Test
  void every_category_of_the_catalogue_stands_in_it() throws IOException {
    TreeSet<String> known = new TreeSet<>();
    try (Stream<Path> files =
        Files.walk(ROOT.resolve("policy/src/main/resources/dev/aegis/policy/meaning"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".toml")).toList()) {
        Matcher categories = CATEGORY.matcher(Files.readString(file));
        while (categories.find()) {
          known.add(categories.group(1));
        }
      }
    }
    String reference = reference();
    TreeSet<String> missing = new TreeSet<>();
    for (String category : known) {
      boolean said =
          Stream.of(category.split("\\.", -1))
              .allMatch(
                  word -> Pattern.compile("[`{.,]" + word + "[`}.,\\[]").matcher(reference).find());
      if (!said) {
        missing.add(category);
      }
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void every_key_of_a_match_stands_in_it() throws IOException {
    String reference = reference();
    String complaint =
        PolicyLoader.load(List.of(Policies.user(Policies.rule("r", "x = 1", "deny", 1))))
            .problems()
            .get(0)
            .message();
    String keys = complaint.substring(complaint.indexOf("expected one of ") + 16);
    assertThat(keys.split(", ", -1)).hasSizeGreaterThan(10);
    for (String key : keys.split(", ", -1)) {
      assertThat(reference).contains("`" + key + "`");
    }
  }
}
