package dev.aegis.launcher.card;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The line in which a person says why: edited with backspace, ended with Enter, left with Escape.
 */
final class ReasonLine {

  /** What a byte did to the line. */
  enum State {
    EDITING,
    DONE,
    LEFT
  }

  private static final int LONGEST = 200;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  State type(byte[] typed) {
    if (typed.length == 1 && (typed[0] == 0x1b || typed[0] == 0x03)) {
      return State.LEFT;
    }
    if (typed[0] == 0x1b) {
      return State.EDITING;
    }
    for (byte b : typed) {
      if (b == '\r' || b == '\n') {
        return State.DONE;
      }
      if (b == 0x7f || b == 0x08) {
        eraseLast();
      } else if ((b < 0 || b >= 0x20) && bytes.size() < LONGEST) {
        bytes.write(b);
      }
    }
    return State.EDITING;
  }

  String text() {
    return bytes.toString(StandardCharsets.UTF_8).strip();
  }

  private void eraseLast() {
    String text = bytes.toString(StandardCharsets.UTF_8);
    bytes.reset();
    if (!text.isEmpty()) {
      byte[] rest =
          text.substring(0, text.offsetByCodePoints(text.length(), -1))
              .getBytes(StandardCharsets.UTF_8);
      bytes.write(rest, 0, rest.length);
    }
  }
}
