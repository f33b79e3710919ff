package dev.aegis.launcher.card;

import dev.aegis.launcher.screen.CharacterWidth;
import java.util.ArrayList;
import java.util.List;

/** Text cut to columns of a terminal. */
final class Columns {

  private Columns() {}

  /** Breaks text into lines of at most {@code width} columns. */
  static List<String> lines(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    int used = 0;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int codePoint = text.codePointAt(i);
      int columns = CharacterWidth.of(codePoint);
      if (used + columns > width && !line.isEmpty()) {
        lines.add(line.toString());
        line.setLength(0);
        used = 0;
      }
      line.appendCodePoint(codePoint);
      used += columns;
    }
    lines.add(line.toString());
    return lines;
  }

  /**
   * As {@link #lines}, at most {@code most} of them: what is left out is left out of the middle.
   */
  static List<String> lines(String text, int width, int most) {
    List<String> all = lines(text, width);
    if (all.size() <= most) {
      return all;
    }
    if (most == 1) {
      return List.of(cut(text, width));
    }
    int tail = (most - 1) / 2;
    int head = most - 1 - tail;
    List<String> some = new ArrayList<>(all.subList(0, head));
    some.add(cut("... " + (all.size() - head - tail) + " more lines, see details ...", width));
    some.addAll(all.subList(all.size() - tail, all.size()));
    return some;
  }

  /** The text if it fits, else its beginning with dots. */
  static String cut(String text, int width) {
    String first = lines(text, Math.max(1, width)).get(0);
    if (first.length() == text.length()) {
      return text;
    }
    String shorter = lines(text, Math.max(1, width - 3)).get(0);
    return width > 3 ? shorter + "..." : first;
  }
}
