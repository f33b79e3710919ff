package dev.aegis.policy.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.operation.Category;
import dev.aegis.policy.Operations;
import dev.aegis.policy.ScriptedSurroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The reference in docs/policy-engine.md says what is so. */
class ReferenceTests {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern TOML = Pattern.compile("(?s)\n```toml\n(.*?)\n```");
  private static final Pattern CATEGORY =
      Pattern.compile("(?:category = |Meaning\\.of\\(\\s*)\"([a-z_.]+[a-z])\"");
  private static final Pattern EXAMPLE = Pattern.compile("(?<!\\\\)`([^`]+)`");

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
    for (String sources : List.of("resources", "java")) {
      Path directory = ROOT.resolve("policy/src/main/" + sources + "/dev/aegis/policy/meaning");
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          Matcher categories = CATEGORY.matcher(Files.readString(file));
          while (categories.find()) {
            known.add(categories.group(1));
          }
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

  /** The rows of the table of categories: names, and what is said of them. */
  static Stream<Arguments> categories() throws IOException {
    String reference = reference();
    String section = reference.substring(reference.indexOf("\n## Categories"));
    return section
        .substring(0, section.indexOf("**Risk**"))
        .lines()
        .filter(line -> line.startsWith("| `"))
        .map(line -> line.split("(?<!\\\\) \\| ?", -1))
        .map(cells -> Arguments.of(cells[0].substring(2), cells[1]));
  }

  @ParameterizedTest
  @MethodSource("categories")
  void every_row_of_categories_has_an_example_that_is_one(String names, String said) {
    String family = names.substring(1).split("[.`]", 2)[0];
    String examples = said.substring(said.indexOf("such as") + 1);
    assertThat(examples).as("an example").isNotEqualTo(said);
    if (said.contains("seen only when it happens")) {
      return;
    }
    assertThat(EXAMPLE.matcher(examples).results().map(found -> found.group(1)))
        .anySatisfy(
            example ->
                assertThat(meaning(example.replace("\\|", "|")))
                    .anyMatch(category -> category.isWithin(family)));
  }

  /** Of a command that is foreseen, where nothing is there and where everything is. */
  private static Set<Category> meaning(String command) {
    Set<Category> both = new TreeSet<>();
    ScriptedSurroundings full = new ScriptedSurroundings().foreseeing();
    full.everythingExists();
    for (ScriptedSurroundings world : List.of(new ScriptedSurroundings().foreseeing(), full)) {
      both.addAll(
          Policies.engine()
              .decide(Operations.execute("bash", "-c", command), "/usr/bin/agent", world)
              .categories());
    }
    return both;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[policy]⏎x = 1 | 4",
        "[[policy.rules]]⏎x = 1 | 7",
        "[[policy.rules]]⏎name = \"r\"⏎action = \"deny\"⏎match = { x = 1 } | 14",
        "[[policy.rules]]⏎name = \"r\"⏎action = \"deny\"⏎match = { rate = { x = 1 } } | 2",
        "[[policy.tests]]⏎x = 1 | 8",
      })
  void every_key_stands_in_it(String text, int keys) throws IOException {
    String complaint =
        PolicyLoader.load(List.of(Policies.user(text.replace('⏎', '\n')))).problems().stream()
            .map(PolicyProblem::message)
            .filter(message -> message.startsWith("unknown key \"x\""))
            .findFirst()
            .orElseThrow();
    String[] expected =
        complaint.substring(complaint.indexOf("expected one of ") + 16).split(", ", -1);
    assertThat(expected).hasSize(keys);
    String reference = reference();
    assertThat(expected)
        .allMatch(
            key -> Pattern.compile("[`\\[{ .]" + key + "(`| =|\\]\\])").matcher(reference).find());
  }
}
