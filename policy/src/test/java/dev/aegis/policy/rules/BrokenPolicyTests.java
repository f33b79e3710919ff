package dev.aegis.policy.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.policy.Operations;
import dev.aegis.policy.ScriptedSurroundings;
import dev.aegis.policy.Verdict;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person reads who wrote a policy wrongly. */
class BrokenPolicyTests {
  private static final String GOOD =
      "name = \"r\"\nmatch = { tool = \"read_file\" }\naction = \"deny\"\n";

  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      quoteCharacter = '~',
      value = {
        "[policy § 1 § Unexpected",
        "[polcy] § 1 § did you mean \"policy\"?",
        "[policy]⏎defaultaction = 1 § 2 § did you mean \"default_action\"?",
        "[policy]⏎default_action = \"alow\" § 2 § did you mean \"allow\"?",
        "[policy]⏎default_action = 3 § 2 § \"default_action\" is a whole number; expected a string",
        "[policy]⏎extends = \"x\" § 2 § expected one of none, observe, standard, strict",
        "[policy]⏎rules = 3 § 2 § expected an array of tables",
        "[[policy.rules]]⏎match = {}⏎action = \"deny\" § 1 § has no \"name\"",
        "[[policy.rules]]⏎name = \"x\"⏎action = \"deny\" § 1 § has no \"match\"",
        "[[policy.rules]]⏎name = \"x\"⏎match = {} § 1 § has no \"action\"",
        "[[policy.rules]]⏎name = \"x\"⏎match = 3⏎action = \"deny\" § 3 § \"match\" is a whole number",
        "[[policy.rules]]⏎name = \"x\"⏎match = { tol = 1 }⏎action = \"deny\" § 3 § did you mean \"tool\"?",
        "[[policy.rules]]⏎name = \"x\"⏎match = { tool = \"raed_file\" }⏎action = \"deny\" § 3 § did you mean \"read_file\"?",
        "[[policy.rules]]⏎name = \"x\"⏎match = { port = 70000 }⏎action = \"deny\" § 3 § 0 to 65535",
        "[[policy.rules]]⏎name = \"x\"⏎match = { risk = \"hihg\" }⏎action = \"deny\" § 3 § did you mean \"high\"?",
        "[[policy.rules]]⏎name = \"x\"⏎match = { category = \"Git Push\" }⏎action = \"deny\" § 3 § not a category",
        "[[policy.rules]]⏎name = \"x\"⏎match = { path_glob = \"/a/[b\" }⏎action = \"deny\" § 3 § [ without ]",
        "[[policy.rules]]⏎name = \"x\"⏎match = { path_glob = \"/a/${home}\" }⏎action = \"deny\" § 3 § only at the start",
        "[[policy.rules]]⏎name = \"x\"⏎match = {}⏎action = \"deny\"⏎priority = -1 § 5 § from 0 to",
        "[[policy.rules]]⏎name = \"x\"⏎match = {}⏎action = \"deny\"⏎prioritty = 1 § 5 § did you mean \"priority\"?",
        "[[policy.tests]]⏎tool = \"bash\"⏎expect = \"deny\" § 1 § has no \"command\"",
      })
  void one_mistake_is_located_and_explained(String text, int line, String message) {
    List<PolicyProblem> problems = problems(text.replace('⏎', '\n'));
    assertThat(problems).hasSize(1);
    assertThat(problems.get(0).file()).isEqualTo("user.toml");
    assertThat(problems.get(0).line()).isEqualTo(line);
    assertThat(problems.get(0).message()).contains(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      quoteCharacter = '~',
      value = {
        "match = { path_pattern = \"(a)\\\\1\" } § 30",
        "match = { path_pattern = \"a(?=b)\" } § 28",
        "match = { path_pattern = \"(?<!a)b\" } § 27",
        "match = { command_pattern = \"a(b\" } § 30",
      })
  void what_an_automaton_cannot_do_is_refused_with_line_and_column(String match, int column) {
    List<PolicyProblem> problems =
        problems("[[policy.rules]]\nname = \"x\"\n" + match + "\naction = \"deny\"\n");
    assertThat(problems).hasSize(1);
    assertThat(problems.get(0).line()).isEqualTo(3);
    assertThat(problems.get(0).column()).as(problems.toString()).isEqualTo(column);
    assertThat(problems.get(0).message()).contains("no back-references, no look-around");
  }

  @Test
  void everything_wrong_is_said_at_once() {
    String text =
        """
        [policy]
        default_action = "x"
        foo = 1
        [[policy.rules]]
        name = "a"
        match = { tool = "x", bar = 1 }
        action = "y"
        """;
    assertThat(problems(text)).extracting(PolicyProblem::line).containsExactly(3, 2, 7, 6, 6);
  }

  @Test
  void two_rules_of_one_name_are_a_mistake() {
    String text = "[[policy.rules]]\n" + GOOD + "[[policy.rules]]\n" + GOOD;
    assertThat(problems(text)).singleElement().satisfies(p -> assertThat(p.line()).isEqualTo(6));
  }

  @Test
  void a_text_over_which_the_library_breaks_is_a_mistake() {
    assertThat(problems("a={o,#p\u0002p"))
        .singleElement()
        .satisfies(p -> assertThat(p.message()).contains("cannot be read as TOML"));
  }

  @Test
  void a_test_that_fails_is_a_mistake() {
    String text =
        """
        [[policy.rules]]
        name = "r"
        match = { tool = "read_file" }
        action = "deny"
        [[policy.tests]]
        tool = "read_file"
        path = "~/x"
        expect = "allow"
        [[policy.tests]]
        tool = "read_file"
        path = "~/x"
        expect = "deny"
        rule = "r"
        [[policy.tests]]
        tool = "bash"
        command = "git push -f"
        expect = "require_approval"
        """;
    assertThat(problems(text))
        .singleElement()
        .satisfies(p -> assertThat(p.line()).isEqualTo(5))
        .satisfies(p -> assertThat(p.message()).contains("expects allow").contains("deny by r"));
  }

  @Test
  void until_it_is_mended_everything_is_denied_and_says_why() {
    LoadedPolicy loaded = PolicyLoader.load(List.of(Policies.user("[policy]\nx = 1\n")));
    assertThat(loaded.engine()).isEmpty();
    assertThat(
            loaded
                .orDenyAll()
                .decide(Operations.read("/etc/hosts"), "/bin/cat", new ScriptedSurroundings()))
        .satisfies(d -> assertThat(d.verdict()).isEqualTo(Verdict.DENY))
        .satisfies(d -> assertThat(d.reason()).contains("user.toml:2:1"));
  }

  @Test
  void no_text_throws() {
    String sample = "[policy]\n[[policy.rules]]\n" + GOOD + "priority = 3\n[[policy.tests]]\n";
    Random random = new Random(11);
    for (int i = 0; i < 400; i++) {
      StringBuilder text = new StringBuilder(sample);
      for (int n = random.nextInt(4); n >= 0; n--) {
        int at = random.nextInt(text.length());
        if (random.nextBoolean()) {
          text.deleteCharAt(at);
        } else {
          text.insert(at, "\"'[]{}=.,#\\\n1a\u0000".charAt(random.nextInt(14)));
        }
      }
      assertThat(PolicyLoader.load(List.of(Policies.user(text.toString())))).isNotNull();
    }
  }

  private static List<PolicyProblem> problems(String text) {
    return PolicyLoader.load(List.of(Policies.user(text))).problems();
  }
}
