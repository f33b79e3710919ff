package dev.aegis.daemon.channels.telegram;

import dev.aegis.daemon.approvals.Approval;
import dev.aegis.daemon.approvals.ApprovalDetail;
import dev.aegis.daemon.approvals.ApprovalDetail.PlannedStep;
import dev.aegis.daemon.approvals.Scope;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How an approval looks on the phone.
 *
 * @param host name of this machine
 * @param zone of the times that are shown
 * @param silenceApproves whether a time-out approves what is below high risk
 */
record Card(String host, ZoneId zone, boolean silenceApproves) {

  private static final int MOST_STEPS = 10;
  private static final int LONGEST_COMMAND = 700;
  private static final int LONGEST_PATH = 200;
  private static final int LONGEST_LINE = 160;
  private static final int MOST_REASONS = 4;
  private static final Map<String, String> COLOURS =
      Map.of(
          "low",
          "\ud83d\udfe2",
          "medium",
          "\ud83d\udfe1",
          "high",
          "\ud83d\udfe0",
          "critical",
          "\ud83d\udd34");
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");

  /** Write an open question. */
  String open(ApprovalDetail detail, Instant now) {
    Approval approval = detail.approval();
    StringBuilder text = new StringBuilder();
    text.append(COLOURS.getOrDefault(approval.tier(), ""))
        .append(' ')
        .append(Html.bold(approval.tier() + " risk (" + approval.risk() + ")"))
        .append(" \u00b7 question ")
        .append(approval.id())
        .append('\n');
    detail.warnings().forEach(one -> text.append("\u26a0 ").append(line(one)).append('\n'));
    heading(text, approval);
    steps(text, detail);
    if (!approval.blastRadius().text().isEmpty()) {
      text.append("Would be lost: ").append(Html.bold(approval.blastRadius().text())).append('\n');
    }
    detail.riskReasons().stream()
        .limit(MOST_REASONS)
        .forEach(reason -> text.append("\u2022 ").append(line(reason)).append('\n'));
    text.append(line(detail.why())).append('\n');
    if (!detail.approvedBy().isEmpty()) {
      text.append("Approved so far by ")
          .append(line(String.join(", ", detail.approvedBy())))
          .append("; more people must\n");
    }
    if (detail.alike() > 0) {
      text.append(Html.bold(detail.alike() + " more of the same shape"))
          .append(" wait; <i>This session</i> answers them all\n");
    }
    return text.append(timeLeft(approval, now)).toString();
  }

  private void heading(StringBuilder text, Approval approval) {
    text.append(Html.bold(approval.wrapped()))
        .append(" \u00b7 session ")
        .append(line(approval.session()))
        .append(" \u00b7 ")
        .append(line(host))
        .append('\n');
    if (!approval.cwd().isEmpty()) {
      text.append("in ").append(Html.code(approval.cwd(), LONGEST_PATH)).append('\n');
    }
    text.append("<pre>").append(Html.line(approval.command(), LONGEST_COMMAND)).append("</pre>\n");
  }

  private static void steps(StringBuilder text, ApprovalDetail detail) {
    List<PlannedStep> risky =
        detail.plan().stream().filter(step -> !step.verdict().equals("allow")).toList();
    boolean saysNothingNew =
        risky.size() == 1 && risky.get(0).text().equals(detail.approval().command());
    if (risky.isEmpty() || saysNothingNew) {
      return;
    }
    int shown = risky.size() > MOST_STEPS ? MOST_STEPS - 1 : risky.size();
    risky
        .subList(0, shown)
        .forEach(step -> text.append("\u2192 ").append(line(step.text())).append('\n'));
    if (risky.size() > shown) {
      text.append("\u2192 \u2026 and ").append(risky.size() - shown).append(" more: see Details\n");
    }
  }

  private String timeLeft(Approval approval, Instant now) {
    Duration left = Duration.between(now, approval.expiresAt());
    String silence =
        silenceApproves && (approval.tier().equals("low") || approval.tier().equals("medium"))
            ? "silence <b>approves</b>"
            : "silence denies";
    return "%s left (until %s), %s"
        .formatted(about(left), CLOCK.format(approval.expiresAt().atZone(zone)), silence);
  }

  static String about(Duration time) {
    long seconds = Math.max(0, time.truncatedTo(ChronoUnit.SECONDS).toSeconds());
    if (seconds < 100) {
      return seconds + " s";
    }
    return seconds < 6_000 ? (seconds + 30) / 60 + " min" : (seconds + 1_800) / 3_600 + " h";
  }

  /** Write a question that is closed. */
  String closed(ApprovalDetail detail) {
    Approval approval = detail.approval();
    StringBuilder text = new StringBuilder();
    text.append(verdict(approval))
        .append("\n\n")
        .append("question ")
        .append(approval.id())
        .append(": ");
    heading(text, approval);
    return text.toString().stripTrailing();
  }

  /** Say in one line how a question ended. */
  static String verdict(Approval approval) {
    String by = line(approval.decidedBy().orElse("somebody"));
    String after =
        approval
            .decidedAt()
            .map(at -> " after " + about(Duration.between(approval.requestedAt(), at)))
            .orElse("");
    String where =
        approval
            .channel()
            .filter(channel -> !channel.equals(TelegramChannel.NAME))
            .map(channel -> " (" + line(channel) + ")")
            .orElse("");
    String why = approval.reason().map(reason -> ": " + line(reason)).orElse("");
    return switch (approval.state()) {
      case PENDING -> "open";
      case APPROVED -> approved(approval, by + where + after);
      case DENIED -> "\u26d4 <b>Denied</b> by " + by + where + after + why;
      case EXPIRED -> "\u231b <b>Denied</b>: nobody answered in time";
      case CANCELLED -> "\u2796 <b>Cancelled</b>" + why;
    };
  }

  private static String approved(Approval approval, String by) {
    String scope = approval.scope().map(one -> " " + words(one, approval)).orElse("");
    return approval.releasedAt().isPresent()
        ? "\u2705 <b>Approved</b>" + scope + " by " + by + "; it went on"
        : "\u25b6 <b>Approved</b>" + scope + " by " + by + "; waiting for the process to go on";
  }

  private static String words(Scope scope, Approval approval) {
    return switch (scope) {
      case ONCE -> "once";
      case MINUTES ->
          "for "
              + approval
                  .until()
                  .flatMap(end -> approval.decidedAt().map(at -> Duration.between(at, end)))
                  .map(Card::about)
                  .orElse("some minutes");
      case SESSION -> "for this session";
      case ALWAYS -> "for always";
    };
  }

  /** Say what an approval for always would cover. */
  String always(Approval approval) {
    return "\u26a0 <b>Always</b> covers the same shape of this, with the same content, in every session of "
        + Html.bold(approval.wrapped())
        + " on "
        + line(host)
        + ", until somebody ends it: <code>aegis grants revoke</code>. Really?";
  }

  /** Write everything, for those who want to know before they answer. */
  static String details(ApprovalDetail detail, int most) {
    Approval approval = detail.approval();
    StringBuilder text = new StringBuilder();
    text.append(approval.command())
        .append("\n\nwhat: ")
        .append(approval.tool())
        .append(' ')
        .append(approval.path());
    text.append("\nin: ").append(approval.cwd());
    text.append("\nrule: ").append(approval.rule()).append(": ").append(detail.why());
    text.append("\nmeans: ").append(String.join(", ", approval.categories()));
    text.append("\nrisk: ")
        .append(approval.risk())
        .append(": ")
        .append(String.join("; ", detail.riskReasons()));
    text.append("\ncoverage: ").append(approval.coverage());
    text.append("\n\nwho ran it, nearest first:\n");
    text.append(
        detail.ancestry().stream()
            .map(
                one -> one.pid() + "  " + (one.command().isEmpty() ? one.program() : one.command()))
            .collect(Collectors.joining("\n")));
    if (!detail.plan().isEmpty()) {
      text.append("\n\nall steps:\n");
      text.append(
          detail.plan().stream()
              .map(step -> step.verdict() + "  " + step.text() + "  (" + step.rule() + ")")
              .collect(Collectors.joining("\n")));
    }
    String visible = dev.aegis.daemon.channels.VisibleText.lines(text.toString());
    return dev.aegis.daemon.channels.VisibleText.cut(visible, most);
  }

  private static String line(String text) {
    return Html.line(text, LONGEST_LINE);
  }
}
