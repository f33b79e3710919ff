package dev.aegis.daemon.channels.whatsapp;

import dev.aegis.daemon.approvals.Approval;
import dev.aegis.daemon.approvals.ApprovalDetail;
import dev.aegis.daemon.channels.VisibleText;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How questions and their ends read on WhatsApp: plain text within what the API takes.
 *
 * @param host name of this machine
 * @param zone of the times that are shown
 * @param silenceApproves whether a time-out approves what is below high risk
 */
record Wording(String host, ZoneId zone, boolean silenceApproves) {

  private static final int LONGEST_COMMAND = 320;
  private static final int LONGEST_LINE = 90;
  private static final int MOST_STEPS = 4;
  private static final int MOST_REASONS = 2;
  private static final int MARGIN = 40;
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");

  /** Write an open question. */
  String open(ApprovalDetail detail) {
    Approval approval = detail.approval();
    StringBuilder text = new StringBuilder();
    text.append(
        "*%s risk (%d)* \u00b7 question %d\n"
            .formatted(approval.tier(), approval.risk(), approval.id()));
    detail.warnings().forEach(one -> text.append("\u26a0 ").append(line(one)).append('\n'));
    text.append(
            line(approval.wrapped() + " \u00b7 session " + approval.session() + " \u00b7 " + host))
        .append('\n');
    if (!approval.cwd().isEmpty()) {
      text.append("in ").append(line(approval.cwd())).append('\n');
    }
    text.append("```").append(code(approval.command())).append("```\n");
    List<String> steps =
        detail.plan().stream()
            .filter(step -> !step.verdict().equals("allow"))
            .map(ApprovalDetail.PlannedStep::text)
            .filter(step -> !step.equals(approval.command()))
            .toList();
    steps.stream()
        .limit(MOST_STEPS)
        .forEach(step -> text.append("\u2192 ").append(line(step)).append('\n'));
    if (steps.size() > MOST_STEPS) {
      text.append("\u2192 \u2026 and ").append(steps.size() - MOST_STEPS).append(" more\n");
    }
    if (!approval.blastRadius().text().isEmpty()) {
      text.append("Would be lost: ").append(line(approval.blastRadius().text())).append('\n');
    }
    detail.riskReasons().stream()
        .limit(MOST_REASONS)
        .forEach(reason -> text.append("\u2022 ").append(line(reason)).append('\n'));
    String rest =
        "Until %s, then %s. Everything: details %d"
            .formatted(clock(approval.expiresAt()), silence(approval), approval.id());
    return VisibleText.cut(text.toString(), CloudClient.LONGEST_BODY - rest.length() - MARGIN)
        + rest;
  }

  private String silence(Approval approval) {
    boolean approves =
        silenceApproves && (approval.tier().equals("low") || approval.tier().equals("medium"));
    return approves ? "silence *approves*" : "silence denies";
  }

  private String clock(Instant time) {
    return CLOCK.format(time.atZone(zone));
  }

  /** Say how a question ended, as the answer to its message. */
  String closed(Approval approval) {
    String by = line(approval.decidedBy().orElse("somebody"));
    String where =
        approval
            .channel()
            .filter(channel -> !channel.equals(WhatsAppChannel.NAME))
            .map(channel -> " (" + line(channel) + ")")
            .orElse("");
    String why = approval.reason().map(reason -> ": " + line(reason)).orElse("");
    String said =
        switch (approval.state()) {
          case PENDING -> "open";
          case APPROVED -> approved(approval, by + where);
          case DENIED -> "\u26d4 *Denied* by " + by + where + why;
          case EXPIRED -> "\u231b *Denied*: nobody answered in time";
          case CANCELLED -> "\u2796 *Cancelled*" + why;
        };
    return said + " \u00b7 question " + approval.id();
  }

  private static String approved(Approval approval, String by) {
    String scope = approval.scope().map(one -> " (" + one.label() + ")").orElse("");
    return approval.releasedAt().isPresent()
        ? "\u2705 *Approved*" + scope + " by " + by + "; it went on"
        : "\u25b6 *Approved*" + scope + " by " + by + "; waiting for the process to go on";
  }

  /** Write everything, for those who want to know before they answer. */
  static String details(ApprovalDetail detail) {
    Approval approval = detail.approval();
    String ancestry =
        detail.ancestry().stream()
            .map(
                one -> one.pid() + "  " + (one.command().isEmpty() ? one.program() : one.command()))
            .collect(Collectors.joining("\n"));
    String steps =
        detail.plan().stream()
            .map(step -> step.verdict() + "  " + step.text() + "  (" + step.rule() + ")")
            .collect(Collectors.joining("\n"));
    String text =
        "%s\n\nin: %s\nrule: %s: %s\nmeans: %s\nrisk: %d: %s\ncoverage: %s\n\nwho ran it, nearest first:\n%s\n\nall steps:\n%s"
            .formatted(
                approval.command(),
                approval.cwd(),
                approval.rule(),
                detail.why(),
                String.join(", ", approval.categories()),
                approval.risk(),
                String.join("; ", detail.riskReasons()),
                approval.coverage(),
                ancestry,
                steps);
    return VisibleText.cut(VisibleText.lines(text), CloudClient.LONGEST_TEXT - MARGIN);
  }

  /** Write open questions, one a line. */
  String listed(List<Approval> open) {
    String lines =
        open.stream()
            .map(
                one ->
                    line(
                        "%d \u00b7 %s \u00b7 until %s \u00b7 %s"
                            .formatted(
                                one.id(), one.tier(), clock(one.expiresAt()), one.command())))
            .collect(Collectors.joining("\n"));
    return open.isEmpty()
        ? "No open questions."
        : VisibleText.cut(lines, CloudClient.LONGEST_TEXT - MARGIN);
  }

  /* Three backquotes would end the block that a command stands in. */
  private static String code(String text) {
    return VisibleText.cut(VisibleText.line(text), LONGEST_COMMAND).replace("`", "\u02cb");
  }

  private static String line(String text) {
    return VisibleText.cut(VisibleText.line(text), LONGEST_LINE);
  }
}
