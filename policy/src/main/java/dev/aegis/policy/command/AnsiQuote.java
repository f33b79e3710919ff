package dev.aegis.policy.command;

/** Reads {@code $'…'}. */
final class AnsiQuote {
  private final Cursor in;

  AnsiQuote(Cursor in) {
    this.in = in;
  }

  /** Read up to and over the closing quote. */
  String read() throws ShellSyntaxException {
    StringBuilder text = new StringBuilder();
    while (in.here() != '\'') {
      if (in.atEnd()) {
        throw new ShellSyntaxException("a quote is not closed");
      }
      char c = in.take();
      if (c == '\\') {
        escape(text);
      } else {
        text.append(c);
      }
    }
    in.take();
    return text.toString();
  }

  private void escape(StringBuilder text) {
    char c = in.take();
    switch (c) {
      case 'a' -> text.append('\u0007');
      case 'b' -> text.append('\b');
      case 'e', 'E' -> text.append('\u001b');
      case 'f' -> text.append('\f');
      case 'n' -> text.append('\n');
      case 'r' -> text.append('\r');
      case 't' -> text.append('\t');
      case 'v' -> text.append('\u000b');
      case 'x' -> code(text, 16, 2, c);
      case 'u' -> code(text, 16, 4, c);
      case 'U' -> code(text, 16, 8, c);
      case 'c' -> text.append((char) (in.take() & 0x1f));
      case '\\', '\'', '"', '?' -> text.append(c);
      default -> {
        if (c >= '0' && c <= '7') {
          in.back(in.position() - 1);
          code(text, 8, 3, c);
        } else {
          text.append('\\').append(c);
        }
      }
    }
  }

  private void code(StringBuilder text, int radix, int digits, char letter) {
    int value = 0;
    int count = 0;
    while (count < digits && Character.digit(in.here(), radix) >= 0) {
      value = value * radix + Character.digit(in.take(), radix);
      count++;
    }
    if (count == 0) {
      text.append('\\').append(letter);
    } else if (Character.isValidCodePoint(value)) {
      text.appendCodePoint(value);
    }
  }
}
