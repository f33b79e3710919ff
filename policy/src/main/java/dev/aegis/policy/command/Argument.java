package dev.aegis.policy.command;

/**
 * One word of a step.
 *
 * @param text the word; parts that cannot be known beforehand stand as they were written
 * @param known true when the program will get exactly this text
 */
public record Argument(String text, boolean known) {
  static Argument of(String text) {
    return new Argument(text, true);
  }
}
