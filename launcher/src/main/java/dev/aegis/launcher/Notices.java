package dev.aegis.launcher;

import dev.aegis.launcher.card.Harmless;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the user should be told about a run. While a program has the terminal it is kept back: a
 * line in the middle of its screen would spoil it.
 */
final class Notices {

  private static final int MOST_KEPT = 20;

  private final PrintStream messages;
  private final Map<String, Integer> kept = new LinkedHashMap<>();
  private boolean keeping;
  private boolean inLine;
  private int lost;

  Notices(PrintStream messages) {
    this.messages = messages;
  }

  synchronized void tell(String text) {
    if (!keeping) {
      print(text, 1);
    } else if (kept.containsKey(text) || kept.size() < MOST_KEPT) {
      kept.merge(text, 1, Integer::sum);
    } else {
      lost++;
    }
  }

  synchronized void keepBack() {
    keeping = true;
  }

  /** Tells what was kept back, and all else as it comes, beginning on a line of its own. */
  synchronized void release(boolean isAtLineStart) {
    keeping = false;
    inLine = !isAtLineStart;
    kept.forEach(this::print);
    kept.clear();
    if (lost > 0) {
      print(lost + " more; see aegis logs", 1);
      lost = 0;
    }
  }

  private void print(String text, int times) {
    if (inLine) {
      messages.println();
      inLine = false;
    }
    messages.println("aegis: " + Harmless.text(text) + (times > 1 ? " (" + times + " times)" : ""));
  }
}
