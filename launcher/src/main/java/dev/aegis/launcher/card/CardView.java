package dev.aegis.launcher.card;

import java.time.Duration;
import java.util.Map;

/** Lays a question out: what, what it would destroy, who caused it, how risky, why, how long. */
final class CardView {

  private static final Map<String, String> TIER_COLORS =
      Map.of("critical", "\u001b[31m", "high", "\u001b[31m", "medium", "\u001b[33m");
  private static final String RUN = "run a command";
  private static final Map<String, String> VERBS =
      Map.of(
          "bash", RUN,
          "execute", RUN,
          "read_file", "read a file",
          "write_file", "write a file",
          "delete_file", "delete a file",
          "move_file", "move a file",
          "change_mode", "change a file's mode",
          "connect", "connect",
          "signal", "signal a process");
  private static final int LINES_WITHOUT_DETAILS = 4;

  private CardView() {}

  static void question(Frame frame, Question question, Details details, boolean full) {
    String tier = question.tier().isEmpty() ? "unknown" : question.tier();
    frame.title(
        "AEGIS asks  (approval " + question.id() + ")",
        tier + " risk, " + question.risk() + " of 100",
        TIER_COLORS.getOrDefault(question.tier(), ""));
    frame.blank();
    String verb = VERBS.getOrDefault(question.tool(), question.tool());
    frame.bold(Harmless.text(question.wrapped()) + " wants to " + Harmless.text(verb) + ":");
    int most = full ? Integer.MAX_VALUE : LINES_WITHOUT_DETAILS;
    boolean isCommand = question.path().isEmpty() || verb.equals(RUN);
    frame.entry("what", Harmless.text(isCommand ? question.command() : question.path()), most);
    frame.entry("destroys", Harmless.text(question.blastRadius()), most);
    frame.entry("means", Harmless.text(String.join(", ", question.categories())), most);
    frame.entry("caused by", causedBy(question, details, full), most);
    frame.entry("in", Harmless.text(question.cwd()), most);
    frame.entry("rule", rule(question, details), most);
    details.warnings().forEach(warning -> frame.entry("warning", Harmless.text(warning), most));
  }

  private static String causedBy(Question question, Details details, boolean full) {
    if (details.causes().isEmpty()) {
      return Harmless.text(question.wrapped());
    }
    String asking = details.causes().get(0);
    String chain =
        full ? String.join("  <-  ", details.causes()) : question.wrapped() + ": " + asking;
    return Harmless.text(chain);
  }

  private static String rule(Question question, Details details) {
    String rule = Harmless.text(question.rule());
    return details.why().isEmpty() ? rule : rule + ": " + Harmless.text(details.why());
  }

  static void timeLeft(Frame frame, Duration left) {
    long seconds = Math.max(0, left.toSeconds());
    String time =
        seconds == 0
            ? "none: being denied"
            : String.format("%d:%02d, then it is denied", seconds / 60, seconds % 60);
    frame.entry("time left", time, 1);
  }

  static void details(Frame frame, Details details) {
    frame.blank();
    details.lines().stream().map(Harmless::text).forEach(frame::line);
  }

  static void keys(Frame frame, int waiting, Menu menu) {
    frame.blank();
    if (waiting > 0) {
      frame.line(waiting + (waiting == 1 ? " more question waits" : " more questions wait"));
    }
    frame.foot(menu.keys());
  }
}
