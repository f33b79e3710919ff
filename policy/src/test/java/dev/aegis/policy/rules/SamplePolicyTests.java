package dev.aegis.policy.rules;

import static dev.aegis.policy.Operations.execute;
import static dev.aegis.policy.Operations.hardLink;
import static dev.aegis.policy.Operations.move;
import static dev.aegis.policy.Operations.read;
import static dev.aegis.policy.Operations.readWrite;
import static dev.aegis.policy.Operations.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.operation.Operation;
import dev.aegis.policy.Decision;
import dev.aegis.policy.PolicyEngine;
import dev.aegis.policy.ScriptedSurroundings;
import dev.aegis.policy.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The policy of the product's own documentation, and what it means. */
class SamplePolicyTests {
  private static final String SAMPLE = sample();
  private static final String PROJECT = ScriptedSurroundings.WORKSPACE;
  private final PolicyEngine engine = load(SAMPLE);

  @Test
  void it_loads_verbatim() {
    LoadedPolicy loaded =
        PolicyLoader.load(List.of(new PolicySource(Layer.USER, "policy.toml", SAMPLE)));
    assertThat(loaded.problems()).isEmpty();
    assertThat(loaded.engine()).isPresent();
    assertThat(loaded.profile()).isEqualTo("standard");
  }

  @Test
  void it_does_not_narrow_the_baseline() {
    assertThat(engine.narrowsBaseline()).isFalse();
  }

  @Nested
  class Reads {
    @Test
    void a_file_of_the_home_directory_is_read_freely() {
      says(read(PROJECT + "/README.md"), Verdict.ALLOW, "allow-safe-reads");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/.env", "/.env.local", "/a/my_secret.txt", "/credentials", "/x.env"})
    void a_secret_is_refused_with_the_rule_s_reason(String name) {
      Decision decision = decide(read(PROJECT + name));
      assertThat(decision.verdict()).isEqualTo(Verdict.DENY);
      assertThat(decision.rule()).isEqualTo("block-secret-reads");
      assertThat(decision.reason()).isEqualTo("Secret file access blocked");
    }

    @Test
    void renaming_a_secret_needs_to_read_it() {
      says(move(PROJECT + "/.env", PROJECT + "/x"), Verdict.DENY, "block-secret-reads");
    }

    @Test
    void linking_a_secret_needs_to_read_it() {
      says(hardLink(PROJECT + "/.env", PROJECT + "/x"), Verdict.DENY, "block-secret-reads");
    }

    @Test
    void opening_for_both_is_reading_too() {
      says(readWrite(PROJECT + "/.env"), Verdict.DENY, "block-secret-reads");
    }

    @Test
    void a_library_with_an_unlucky_name_still_loads() {
      says(read("/usr/lib/python3.11/secrets.py"), Verdict.ALLOW, "baseline");
      says(read("/etc/ld.so.cache"), Verdict.ALLOW, "baseline");
    }
  }

  @Nested
  class Writes {
    @Test
    void every_write_asks() {
      says(write(PROJECT + "/README.md"), Verdict.REQUIRE_APPROVAL, "require-approval-for-writes");
      says(write("/tmp/x"), Verdict.REQUIRE_APPROVAL, "require-approval-for-writes");
    }

    @Test
    void a_terminal_is_the_baseline() {
      says(write("/dev/null"), Verdict.ALLOW, "baseline");
      says(write("/dev/pts/3"), Verdict.ALLOW, "baseline");
    }
  }

  @Nested
  class Pushes {
    @Test
    void a_forced_push_is_denied() {
      says(execute("git", "push", "--force"), Verdict.DENY, "block-force-push");
      says(execute("git", "push", "-f"), Verdict.DENY, "block-force-push");
      says(execute("git", "push", "origin", "main", "--force"), Verdict.DENY, "block-force-push");
    }

    @Test
    void the_reason_is_the_rule_s() {
      assertThat(decide(execute("git", "push", "--force")).reason())
          .isEqualTo("Force push to remote is prohibited");
    }
  }

  /** The sample and one rule that lets every command start. */
  @Nested
  class With_commands_allowed {
    private final PolicyEngine open =
        load(
            SAMPLE
                + """

                [[policy.rules]]
                name = "commands"
                match = { tool = "bash" }
                action = "allow"
                priority = 1000
                """);

    @ParameterizedTest
    @CsvSource(
        delimiter = '§',
        quoteCharacter = '~',
        value = {
          "bash § -c § g\"\"it push --force",
          "bash § -c § cd x && (git push origin main -f)",
          "bash § -c § eval 'git push' --force",
          "bash § -c § X=git; $X push --force",
          "env § -i § git push -f",
          "sudo § -n § git push -f",
          "sh § -c § echo git push --force | sh",
        })
    void a_forced_push_is_found_however_it_is_wrapped(String program, String option, String rest) {
      List<String> argv = new ArrayList<>(List.of(program, option));
      argv.addAll(option.equals("-c") ? List.of(rest) : List.of(rest.split(" ", -1)));
      Decision decision = decide(execute(argv.toArray(String[]::new)));
      assertThat(decision.verdict()).as("%s", decision).isEqualTo(Verdict.DENY);
      assertThat(decision.rule()).isEqualTo("block-force-push");
      assertThat(decision.reason()).isEqualTo("Force push to remote is prohibited");
    }

    @Test
    void reading_a_secret_is_judged_when_the_program_opens_it() {
      Decision start = decide(execute("cat", ".env"));
      assertThat(start.verdict()).isEqualTo(Verdict.ALLOW);
      assertThat(start.rule()).isEqualTo("commands");
      assertThat(decide(read(PROJECT + "/.env")).verdict()).isEqualTo(Verdict.DENY);
    }

    private Decision decide(Operation operation) {
      return open.decide(operation, "/usr/bin/bash", new ScriptedSurroundings());
    }
  }

  private void says(Operation operation, Verdict verdict, String rule) {
    Decision decision = decide(operation);
    assertThat(decision.verdict()).as("%s", decision).isEqualTo(verdict);
    assertThat(decision.rule()).as("%s", decision).isEqualTo(rule);
  }

  private Decision decide(Operation operation) {
    return engine.decide(operation, "/usr/bin/cat", new ScriptedSurroundings());
  }

  private static PolicyEngine load(String text) {
    return PolicyLoader.load(List.of(new PolicySource(Layer.USER, "policy.toml", text)))
        .engine()
        .orElseThrow();
  }

  private static String sample() {
    try (InputStream in = SamplePolicyTests.class.getResourceAsStream("sample.toml")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
