package dev.aegis.policy.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Looking for words before running the automaton changes no answer. */
class LinearPatternTests {

  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      value = {
        ".*\\.env.*|.*secret.* § [.env, secret]",
        "^/home/.* § [/home/]",
        "git push.*--force|git push.*-f § [git push, git push]",
        "ab?cd § [cd]",
        "a+b § [a]",
        "ab{0,1}cde § [cde]",
      })
  void the_words_are_those_that_must_stand_there(String regex, String words) {
    assertThat(RequiredLiterals.of(regex))
        .hasValueSatisfying(w -> assertThat(w).hasToString(words));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      value = {"(a|b)", "(?i)abc", "a|.*", "\\d+", "[a-z]+", "x[[:alpha:]]y"})
  void where_nothing_is_sure_nothing_is_said(String regex) {
    assertThat(RequiredLiterals.of(regex)).isEmpty();
  }

  @Test
  void the_answer_is_that_of_the_automaton() {
    String[] pieces = {
      "a", "b", "ab", ".", "*", "+", "?", "|", "\\.", "\\*", "[ab]", "[^a]", "(", ")", "^", "$",
      "{2}", "{0,1}", "(?i)", "\\\\", "\\Q", "\\E", "\\b", "x"
    };
    Random random = new Random(5);
    int compiled = 0;
    for (int i = 0; i < 30_000; i++) {
      StringBuilder regex = new StringBuilder();
      for (int n = random.nextInt(7); n >= 0; n--) {
        regex.append(pieces[random.nextInt(pieces.length)]);
      }
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(9); n > 0; n--) {
        text.append("abx.*\\^A".charAt(random.nextInt(8)));
      }
      try {
        Pattern pattern = Pattern.compile(regex.toString());
        compiled++;
        assertThat(new LinearPattern(regex.toString()).isFoundIn(text.toString()))
            .as("%s in %s", regex, text)
            .isEqualTo(pattern.matcher(text.toString()).find());
      } catch (PatternSyntaxException e) {
        assertThat(e.getDescription()).isNotEmpty();
      }
    }
    assertThat(compiled).isGreaterThan(10_000);
  }

  @Test
  void no_expression_makes_a_search_slow() {
    LinearPattern pattern = new LinearPattern("(a*)*(a|aa)+$");
    long start = System.nanoTime();
    assertThat(pattern.isFoundIn("a".repeat(20_000) + "b")).isFalse();
    assertThat(System.nanoTime() - start).isLessThan(5_000_000_000L);
  }
}
