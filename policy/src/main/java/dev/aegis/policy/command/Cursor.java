package dev.aegis.policy.command;

/** A place in a script. */
final class Cursor {
  private final String text;
  private int at;
  private final Work work;
  private int depth;

  Cursor(String text, int depth, Work work) throws ShellSyntaxException {
    if (text.length() > Bounds.SCRIPT) {
      throw new ShellSyntaxException("the script is longer than " + Bounds.SCRIPT + " characters");
    }
    this.text = text;
    this.depth = depth;
    this.work = work;
  }

  boolean atEnd() {
    return at >= text.length();
  }

  /** Return the character here, or NUL at the end. */
  char here() {
    return ahead(0);
  }

  char ahead(int distance) {
    return at + distance < text.length() ? text.charAt(at + distance) : 0;
  }

  /** Tell whether {@code NAME=(} stands here. */
  boolean atArray() {
    int end = at;
    while (end < text.length()
        && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '_')) {
      end++;
    }
    return end > at && (text.startsWith("=(", end) || text.startsWith("+=(", end));
  }

  char take() {
    work.spend(1);
    return atEnd() ? 0 : text.charAt(at++);
  }

  boolean startsWith(String prefix) {
    return text.startsWith(prefix, at);
  }

  boolean takeIf(String prefix) {
    if (!startsWith(prefix)) {
      return false;
    }
    at += prefix.length();
    return true;
  }

  void expect(String expected) throws ShellSyntaxException {
    if (!takeIf(expected)) {
      throw new ShellSyntaxException("expected " + expected + " at character " + (at + 1));
    }
  }

  int position() {
    return at;
  }

  void back(int position) {
    at = position;
  }

  /** Go back to where another way of reading begins. */
  void back(int position, int depth) {
    this.at = position;
    this.depth = depth;
  }

  String since(int position) {
    return text.substring(position, at);
  }

  /** Return the rest of the line without its end, and step over it. */
  String takeLine() {
    int end = text.indexOf('\n', at);
    String line = text.substring(at, end < 0 ? text.length() : end);
    at = end < 0 ? text.length() : end + 1;
    work.spend(line.length());
    return line;
  }

  int depth() {
    return depth;
  }

  Work work() {
    return work;
  }

  void deeper() throws ShellSyntaxException {
    work.check();
    if (++depth > Bounds.DEPTH) {
      throw new ShellSyntaxException("nested more than " + Bounds.DEPTH + " levels deep");
    }
  }

  void shallower() {
    depth--;
  }
}
