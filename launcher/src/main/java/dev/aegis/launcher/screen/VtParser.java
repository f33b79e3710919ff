package dev.aegis.launcher.screen;

import java.io.ByteArrayOutputStream;

/**
 * Splits terminal output into text, controls and sequences (ECMA-48 as the VT500 parses it, UTF-8).
 *
 * <p>Sequences may be cut anywhere between two calls; the bytes of one that has begun and not ended
 * are kept, so that it can be sent again after something else was written in between.
 */
final class VtParser {

  /** What the parser found, in order. */
  interface Sink {
    /** Printable ASCII. */
    void ascii(byte[] bytes, int from, int length);

    /** One character beyond ASCII. */
    void print(int codePoint);

    /** A C0 control. */
    void control(int code);

    /** An escape sequence without parameters; {@code intermediate} is 0 when there is none. */
    void escape(char intermediate, char last);

    /** A control sequence; valid during the call only. */
    void sequence(ControlSequence sequence);
  }

  private enum State {
    GROUND,
    UTF8,
    ESCAPE,
    ESCAPE_INTERMEDIATE,
    CSI,
    CSI_IGNORE,
    STRING,
    DEVICE_STRING,
    DEVICE_STRING_ESCAPE
  }

  /** Of a longer sequence only the beginning is kept; terminals cut such strings too. */
  private static final int LONGEST_KEPT = 1 << 16;

  private static final int ESC = 0x1b;
  private static final int REPLACEMENT = 0xfffd;

  private final Sink sink;
  private final ControlSequence sequence = new ControlSequence();
  private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
  private State state = State.GROUND;
  private char intermediate;
  private int codePoint;
  private int missing;
  private int smallest;

  VtParser(Sink sink) {
    this.sink = sink;
  }

  void feed(byte[] bytes, int from, int length) {
    int end = from + length;
    int start = state == State.GROUND ? -1 : from;
    int i = from;
    while (i < end) {
      if (state == State.GROUND) {
        int run = i;
        while (run < end && bytes[run] >= 0x20 && bytes[run] < 0x7f) {
          run++;
        }
        if (run > i) {
          sink.ascii(bytes, i, run - i);
          i = run;
          continue;
        }
        start = i;
      }
      step(bytes[i] & 0xff);
      i++;
      if (state == State.GROUND) {
        begun.reset();
        start = -1;
      }
    }
    if (start >= 0) {
      begun.write(bytes, start, Math.min(end - start, LONGEST_KEPT - begun.size()));
    }
  }

  /** Whether a sequence or character has begun and not ended. */
  boolean isInside() {
    return state != State.GROUND;
  }

  /** The bytes of the sequence or character that has begun and not ended; empty between two. */
  byte[] unfinished() {
    return state == State.GROUND ? new byte[0] : begun.toByteArray();
  }

  private void step(int b) {
    switch (state) {
      case GROUND -> ground(b);
      case UTF8 -> continuation(b);
      case STRING -> string(b, true);
      case DEVICE_STRING -> deviceString(b);
      case DEVICE_STRING_ESCAPE -> state = b == '\\' ? State.GROUND : State.DEVICE_STRING;
      default -> inSequence(b);
    }
  }

  private void ground(int b) {
    if (b == ESC) {
      enterEscape();
    } else if (b < 0x20) {
      sink.control(b);
    } else if (b >= 0x80) {
      lead(b);
    }
  }

  private void lead(int b) {
    if (b >= 0xc2 && b <= 0xdf) {
      begin(b & 0x1f, 1, 0x80);
    } else if (b >= 0xe0 && b <= 0xef) {
      begin(b & 0x0f, 2, 0x800);
    } else if (b >= 0xf0 && b <= 0xf4) {
      begin(b & 0x07, 3, 0x10000);
    } else {
      sink.print(REPLACEMENT);
    }
  }

  private void begin(int bits, int continuations, int least) {
    codePoint = bits;
    missing = continuations;
    smallest = least;
    state = State.UTF8;
  }

  private void continuation(int b) {
    if ((b & 0xc0) != 0x80) {
      state = State.GROUND;
      sink.print(REPLACEMENT);
      if (b >= 0x20 && b < 0x7f) {
        sink.ascii(new byte[] {(byte) b}, 0, 1);
      } else {
        ground(b);
      }
      return;
    }
    codePoint = (codePoint << 6) | (b & 0x3f);
    missing--;
    if (missing == 0) {
      state = State.GROUND;
      boolean valid =
          codePoint >= smallest
              && codePoint <= Character.MAX_CODE_POINT
              && (codePoint < 0xd800 || codePoint > 0xdfff);
      sink.print(valid ? codePoint : REPLACEMENT);
    }
  }

  private void enterEscape() {
    state = State.ESCAPE;
    intermediate = 0;
  }

  private void string(int b, boolean bellEnds) {
    if (b == ESC) {
      enterEscape();
    } else if (b == 0x18 || b == 0x1a || (bellEnds && b == 0x07)) {
      state = State.GROUND;
    }
  }

  /** An ESC inside a device string ends it only before a backslash, as multiplexers read it. */
  private void deviceString(int b) {
    if (b == ESC) {
      state = State.DEVICE_STRING_ESCAPE;
    } else {
      string(b, false);
    }
  }

  private void inSequence(int b) {
    if (b == ESC) {
      enterEscape();
    } else if (b == 0x18 || b == 0x1a) {
      state = State.GROUND;
    } else if (b < 0x20) {
      sink.control(b);
    } else if (b < 0x7f) {
      switch (state) {
        case ESCAPE, ESCAPE_INTERMEDIATE -> escape((char) b);
        case CSI -> controlSequence((char) b);
        default -> ignore(b);
      }
    } else if (b >= 0x80) {
      state = State.GROUND;
      ground(b);
    }
  }

  private void escape(char c) {
    if (c < 0x30) {
      intermediate = c;
      state = State.ESCAPE_INTERMEDIATE;
    } else if (state == State.ESCAPE && c == '[') {
      sequence.reset();
      state = State.CSI;
    } else if (state == State.ESCAPE && (c == ']' || c == '^' || c == '_' || c == 'X')) {
      state = State.STRING;
    } else if (state == State.ESCAPE && (c == 'P' || c == 'k')) {
      state = State.DEVICE_STRING;
    } else {
      state = State.GROUND;
      sink.escape(intermediate, c);
    }
  }

  private void controlSequence(char c) {
    if (c >= '0' && c <= '9') {
      sequence.digit(c - '0');
    } else if (c == ';' || c == ':') {
      sequence.separator(c == ':');
    } else if (c >= '<' && c <= '?') {
      if (sequence.count() > 0 || sequence.marker() != 0) {
        state = State.CSI_IGNORE;
      }
      sequence.mark(c);
    } else if (c < 0x30) {
      sequence.intermediate(c);
    } else {
      sequence.finish(c);
      state = State.GROUND;
      sink.sequence(sequence);
    }
  }

  private void ignore(int b) {
    if (b >= 0x40) {
      state = State.GROUND;
    }
  }
}
