package dev.aegis.policy.command;

import java.util.List;

/**
 * One word of a step.
 *
 * @param text the word; parts that cannot be known beforehand stand as they were written
 * @param known true when the program will get exactly this text
 * @param pattern true when the text is known but for the names that its {@code *}, {@code ?} and
 *     {@code […]} stand for
 * @param from indices of steps whose output stands in it
 */
public record Argument(String text, boolean known, boolean pattern, List<Integer> from) {
  public Argument {
    from = List.copyOf(from);
  }

  /** A word without a pattern that no step made. */
  public Argument(String text, boolean known) {
    this(text, known, false, List.of());
  }

  /** Return the word for the current directory. */
  public static Argument here() {
    return of(".");
  }

  /** Return the word for the root directory. */
  public static Argument root() {
    return of("/");
  }

  /** Return a word with this text that is no pattern, unless the text itself holds one. */
  public Argument asName(String name) {
    boolean open = name.chars().anyMatch(c -> "*?[".indexOf(c) >= 0);
    return new Argument(name, !open, open, from);
  }

  static Argument of(String text) {
    return new Argument(text, true);
  }

  static Argument unknown(String text) {
    return new Argument(text, false);
  }

  /** Return the same word with another text. */
  public Argument withText(String other) {
    return new Argument(other, known, pattern, from);
  }
}
