package dev.aegis.policy.command;

/** How much of a command is read; what lies beyond is not understood, and said so. */
final class Bounds {
  /** Characters of one script. */
  static final int SCRIPT = 1 << 18;

  /** Characters looked at while a plan is made, again and again included. */
  static final int CHARACTERS = 1 << 21;

  /** Nesting of substitutions, groups and wrappers. */
  static final int DEPTH = 40;

  /** Steps of one plan. */
  static final int STEPS = 400;

  /** Units of work of one plan; a loop in a loop in a function costs all of them. */
  static final int WORK = 20_000;

  /** Rounds of a loop whose words are known. */
  static final int ROUNDS = 12;

  /** Pieces of one word with braces. */
  static final int BRACES = 2_000;

  /** Characters of one expanded word. */
  static final int WORD = 1 << 16;

  private Bounds() {}
}
