package dev.aegis.policy.code;

/**
 * One piece of code.
 *
 * @param text of a name: dotted; of a string: its value
 * @param known of a string: false when parts of it are computed
 */
record Token(Kind kind, String text, boolean known) {
  enum Kind {
    NAME,
    STRING,
    /** A string that a shell runs: backquotes, {@code qx()}, {@code %x()}. */
    COMMAND,
    NUMBER,
    MARK
  }

  boolean is(String mark) {
    return kind == Kind.MARK && text.equals(mark);
  }
}
