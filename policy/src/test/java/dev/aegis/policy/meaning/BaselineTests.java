package dev.aegis.policy.meaning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.policy.Operations;
import dev.aegis.policy.ScriptedSurroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The line of the baseline runs where the native core draws it. */
class BaselineTests {
  private static final Path CORE = Path.of("../launcher/src/main/c/core/baseline.def");
  private static final Pattern ENTRY = Pattern.compile("^(READABLE|SECRET)\\(\"(.*)\"\\)$");
  private final ScriptedSurroundings world = new ScriptedSurroundings();

  static Stream<String> readable() throws IOException {
    return entries("READABLE");
  }

  static Stream<String> secret() throws IOException {
    return entries("SECRET");
  }

  @ParameterizedTest
  @MethodSource("readable")
  void what_the_core_lets_pass_is_the_baseline_here(String entry) {
    assertThat(isBaseline(entry.endsWith("/") ? entry + "some.thing" : entry)).isTrue();
  }

  @ParameterizedTest
  @MethodSource("secret")
  void what_the_core_asks_for_is_not(String entry) {
    assertThat(isBaseline(entry.matches(".*[/_]") ? entry + "x_key" : entry)).isFalse();
  }

  private boolean isBaseline(String path) {
    world.file(path);
    return Subjects.shipped().of(Operations.read(path), "/usr/bin/cat", world).get(0).baseline();
  }

  private static Stream<String> entries(String kind) throws IOException {
    List<String> all =
        Files.readAllLines(CORE).stream()
            .map(ENTRY::matcher)
            .filter(Matcher::matches)
            .filter(m -> m.group(1).equals(kind))
            .map(m -> m.group(2))
            .toList();
    assertThat(all).isNotEmpty();
    return all.stream();
  }
}
