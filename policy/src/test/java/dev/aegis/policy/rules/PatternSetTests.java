package dev.aegis.policy.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.operation.RawText;
import dev.aegis.policy.ScriptedSurroundings;
import dev.aegis.policy.meaning.Glob;
import dev.aegis.policy.snapshot.Approximation;
import dev.aegis.policy.snapshot.Automaton;
import dev.aegis.policy.snapshot.Determinizer;
import dev.aegis.policy.snapshot.TooLargeException;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/**
 * The set that stands for a pattern holds everything that it matches, and no more where it says so.
 */
class PatternSetTests {
  private static final String[] GLOB_PIECES = {
    "a", "b", "/", "*", "**", "**/", "/**", "?", "{a,b}", "{a/b,*}", "[ab]", "[!a]", "[a-c]", "é",
    "\\*", ".", ",", "😀", "-", "+"
  };
  private static final String[] REGEX_PIECES = {
    "a",
    "b",
    "/",
    "\\.",
    ".",
    ".*",
    "^",
    "$",
    "|",
    "(a|b)",
    "(^|/)",
    "[ab]",
    "[^/]*",
    "[^a]",
    "+",
    "*",
    "?",
    "{2}",
    "{0,2}",
    "é",
    "\\d",
    "\\w+",
    "(?:a/)",
    "(?i)",
    "\\b",
    "[a\\-c]",
    "[[:alpha:]]"
  };
  private static final String[] TEXT_PIECES = {
    "a", "b", "/", "a/b", ".", "é", "*", "😀", "c", "\n", "\udc80", "-", "7", "A", "k"
  };

  private final ScriptedSurroundings world = new ScriptedSurroundings();
  private final Random random = new Random(11);
  private int exact;
  private int matches;

  @Test
  void of_a_glob() throws TooLargeException {
    for (int i = 0; i < 2_000; i++) {
      String text = random(GLOB_PIECES, 6);
      Glob glob;
      try {
        glob = Glob.of((i % 5 == 0 ? "~" : i % 5 == 1 ? "${workspace}" : "") + text);
      } catch (IllegalArgumentException e) {
        continue;
      }
      compare(glob.toString(), glob.approximation(world), path -> glob.matches(path, world));
    }
    assertThat(exact).as("exact ones").isGreaterThan(300);
    assertThat(matches).as("matches").isGreaterThan(1_000);
  }

  @Test
  void of_a_regular_expression() throws TooLargeException {
    for (int i = 0; i < 4_000; i++) {
      LinearPattern pattern;
      try {
        pattern = new LinearPattern(random(REGEX_PIECES, 5));
      } catch (com.google.re2j.PatternSyntaxException e) {
        continue;
      }
      compare(pattern.toString(), pattern.approximation(), pattern::isFoundIn);
    }
    assertThat(exact).as("exact ones").isGreaterThan(300);
    assertThat(matches).as("matches").isGreaterThan(1_000);
  }

  private void compare(String name, Approximation set, Predicate<String> truth)
      throws TooLargeException {
    exact += set.exact() ? 1 : 0;
    Automaton automaton =
        Determinizer.build(
            List.of(set.pattern()), new BitSet(), (matched, example) -> matched.get(0) ? 1 : 0);
    for (int i = 0; i < 20; i++) {
      String start =
          i % 4 == 0 ? ScriptedSurroundings.HOME : i % 4 == 1 ? ScriptedSurroundings.WORKSPACE : "";
      byte[] bytes = RawText.encode(start + (i % 2 == 0 ? "/" : "") + random(TEXT_PIECES, 5));
      // What the bytes are read as, which may be another text than was written.
      String text = RawText.decode(ByteBuffer.wrap(bytes));
      boolean matched = truth.test(text);
      boolean held = automaton.answer(bytes) == 1;
      matches += matched ? 1 : 0;
      assertThat(held || !matched).as("%s matches %s", name, text).isTrue();
      assertThat(!set.exact() || held == matched).as("%s on %s", name, text).isTrue();
    }
  }

  private String random(String[] pieces, int most) {
    StringBuilder text = new StringBuilder();
    for (int n = random.nextInt(most); n >= 0; n--) {
      text.append(pieces[random.nextInt(pieces.length)]);
    }
    return text.toString();
  }
}
