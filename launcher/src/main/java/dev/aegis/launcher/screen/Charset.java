package dev.aegis.launcher.screen;

/** A character set that a program can designate: what a printable ASCII code stands for. */
enum Charset {
  ASCII('B') {
    @Override
    int translate(int code) {
      return code;
    }
  },
  BRITISH('A') {
    @Override
    int translate(int code) {
      return code == '#' ? 0xa3 : code;
    }
  },
  LINE_DRAWING('0') {
    @Override
    int translate(int code) {
      return code >= 0x5f && code <= 0x7e ? GRAPHICS.codePointAt(code - 0x5f) : code;
    }
  };

  private static final String GRAPHICS = "\u00a0◆▒␉␌␍␊°±␤␋┘┐┌└┼⎺⎻─⎼⎽├┤┴┬│≤≥π≠£·";

  private final char designator;

  Charset(char designator) {
    this.designator = designator;
  }

  abstract int translate(int code);

  char designator() {
    return designator;
  }

  static Charset of(char designator) {
    for (Charset charset : values()) {
      if (charset.designator == designator) {
        return charset;
      }
    }
    return ASCII;
  }
}
