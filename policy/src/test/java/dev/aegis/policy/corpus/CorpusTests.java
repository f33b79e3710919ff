package dev.aegis.policy.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.policy.Decision;
import dev.aegis.policy.Operations;
import dev.aegis.policy.PolicyEngine;
import dev.aegis.policy.ScriptedSurroundings;
import dev.aegis.policy.Verdict;
import dev.aegis.policy.rules.PolicyLoader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Days of ordinary work ask nothing under the standard profile; what is dangerous always does. */
class CorpusTests {
  private static final List<String> ORDINARY =
      List.of(
          "git",
          "node",
          "python",
          "compiled",
          "files",
          "network",
          "infrastructure",
          "broad",
          "transcripts",
          "days");
  private static final List<String> DANGEROUS =
      List.of(
          "deletion",
          "git",
          "packages",
          "secrets",
          "code",
          "machine",
          "infrastructure",
          "evasions",
          "broad",
          "transcripts",
          "reports");

  private final PolicyEngine engine = PolicyLoader.load(List.of()).engine().orElseThrow();

  @TestFactory
  Stream<DynamicTest> ordinary_work_asks_nothing() {
    return ORDINARY.stream().flatMap(domain -> tests("ordinary/" + domain, true));
  }

  @TestFactory
  Stream<DynamicTest> dangerous_commands_are_caught() {
    return DANGEROUS.stream().flatMap(domain -> tests("dangerous/" + domain, false));
  }

  private Stream<DynamicTest> tests(String file, boolean allowed) {
    return lines(file + ".txt")
        .map(
            line ->
                DynamicTest.dynamicTest(
                    file + ": " + line, () -> check(line.replace('\u2424', '\n'), allowed)));
  }

  private void check(String command, boolean allowed) {
    Decision decision =
        engine.decide(
            Operations.execute("bash", "-c", command),
            "/usr/bin/bash",
            new ScriptedSurroundings().foreseeing());
    assertThat(decision.verdict() == Verdict.ALLOW)
        .as("%s by %s: %s", decision.verdict(), decision.rule(), decision.categories())
        .isEqualTo(allowed);
  }

  private static Stream<String> lines(String file) {
    try (var in = CorpusTests.class.getResourceAsStream(file)) {
      assertThat(in).as(file).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines().filter(line -> !line.isBlank() && !line.startsWith("# ")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
