package dev.aegis.launcher.card;

import java.util.ArrayList;
import java.util.List;

/** Lines of a card, styled, that fit a screen: what does not fit goes from the middle down. */
final class Frame {

  private static final String PLAIN = "\u001b[0m";
  private static final String BOLD = "\u001b[1m";
  private static final String FAINT = "\u001b[2m";
  private static final int LABEL = 12;

  private final int rows;
  private final int columns;
  private final List<String> body = new ArrayList<>();
  private final List<String> foot = new ArrayList<>();

  Frame(int rows, int columns) {
    this.rows = rows;
    this.columns = columns;
  }

  void title(String left, String right, String color) {
    int gap = columns - left.length() - right.length();
    if (gap > 0) {
      body.add(color + BOLD + left + " ".repeat(gap) + right + PLAIN);
    } else {
      body.add(color + BOLD + Columns.cut(left, columns) + PLAIN);
      body.add(color + BOLD + Columns.cut(right, columns) + PLAIN);
    }
  }

  void blank() {
    body.add("");
  }

  void line(String text) {
    body.add(Columns.cut(text, columns));
  }

  void bold(String text) {
    body.add(BOLD + Columns.cut(text, columns) + PLAIN);
  }

  void entry(String label, String value, int mostLines) {
    if (value.isEmpty()) {
      return;
    }
    int indent = columns < 2 * LABEL ? 0 : LABEL;
    int width = columns - indent;
    String prefix = FAINT + (label + " ".repeat(LABEL)).substring(0, indent) + PLAIN;
    for (String line : Columns.lines(value, width, mostLines)) {
      body.add(prefix + line);
      prefix = " ".repeat(indent);
    }
  }

  /** A line that stays in sight however small the screen is. */
  void foot(String text) {
    foot.addAll(Columns.lines(text, columns));
  }

  /** The sequences that show it on a screen in plain state. */
  String sequences() {
    List<String> shown = new ArrayList<>(body);
    int room = Math.max(1, rows - foot.size());
    while (shown.size() > room) {
      shown.remove(shown.contains("") ? shown.indexOf("") : shown.size() - 1);
    }
    shown.addAll(foot);
    StringBuilder out = new StringBuilder("\u001b[?25l\u001b[H");
    for (int i = 0; i < Math.min(rows, shown.size()); i++) {
      out.append(i == 0 ? "" : "\r\n").append(shown.get(i)).append("\u001b[K");
    }
    return out.append("\u001b[J").toString();
  }
}
