package dev.aegis.daemon.channels.telegram;

import dev.aegis.daemon.approvals.Approval;
import dev.aegis.daemon.approvals.ApprovalDesk;
import dev.aegis.daemon.approvals.Habits;
import dev.aegis.daemon.approvals.PauseDesk;
import dev.aegis.daemon.intercept.SessionStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What the bot says of how things are. */
final class Reports {

  private static final int MOST_LISTED = 15;
  private static final int LONGEST = 90;
  private static final int LOOK_BACK = 1_000;

  private final ApprovalDesk desk;
  private final PauseDesk pause;
  private final Supplier<List<SessionStatus>> sessions;
  private final InstantSource clock;

  Reports(
      ApprovalDesk desk,
      PauseDesk pause,
      Supplier<List<SessionStatus>> sessions,
      InstantSource clock) {
    this.desk = desk;
    this.pause = pause;
    this.sessions = sessions;
    this.clock = clock;
  }

  /** List the open questions. */
  String pending() {
    List<Approval> open = desk.list(false);
    if (open.isEmpty()) {
      return "No open questions.";
    }
    Instant now = clock.instant();
    return listed(
        open.stream()
            .map(
                one ->
                    "%d \u00b7 %s \u00b7 %s left \u00b7 %s"
                        .formatted(
                            one.id(),
                            one.tier(),
                            Card.about(Duration.between(now, one.expiresAt())),
                            one.command()))
            .toList());
  }

  /** List the last decisions. */
  String history() {
    List<Approval> past = desk.history(MOST_LISTED);
    return past.isEmpty()
        ? "No decisions yet."
        : past.stream()
            .map(
                one ->
                    one.id()
                        + " \u00b7 "
                        + Html.code(one.command(), LONGEST)
                        + "\n"
                        + Card.verdict(one))
            .collect(Collectors.joining("\n"));
  }

  /** List the open sessions. */
  String running() {
    List<SessionStatus> open = sessions.get();
    return open.isEmpty()
        ? "Nothing runs under Aegis."
        : listed(
            open.stream()
                .map(
                    one ->
                        "%s \u00b7 %s \u00b7 %d processes \u00b7 %d asked, %d denied \u00b7 %s"
                            .formatted(
                                one.wrapped(),
                                one.id(),
                                one.processes().size(),
                                one.counts().asked(),
                                one.counts().denied(),
                                one.cwd()))
                .toList());
  }

  /** Say how Aegis is. */
  String status() {
    Habits habits = Habits.of(desk.history(LOOK_BACK), clock.instant());
    return pause
            .paused()
            .map(held -> "\u23f8 " + Html.bold("Every session is held") + by(held) + "\n")
            .orElse("")
        + "%d open questions, %d sessions.\n"
            .formatted(desk.list(false).size(), sessions.get().size())
        + habits.lines().stream()
            .map(line -> Html.line(line, 1_000))
            .collect(Collectors.joining("\n"));
  }

  private String by(PauseDesk.Paused held) {
    return ", by %s, for %s: /resume"
        .formatted(
            Html.line(held.by(), LONGEST),
            Card.about(Duration.between(held.at(), clock.instant())));
  }

  private static String listed(List<String> lines) {
    String shown =
        lines.stream()
            .limit(MOST_LISTED)
            .map(line -> Html.line(line, LONGEST * 2))
            .collect(Collectors.joining("\n"));
    return lines.size() > MOST_LISTED
        ? shown + "\n\u2026 and " + (lines.size() - MOST_LISTED) + " more"
        : shown;
  }
}
