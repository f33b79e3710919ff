package dev.aegis.daemon.channels.whatsapp;

import dev.aegis.config.Role;
import dev.aegis.daemon.approvals.Answered;
import dev.aegis.daemon.approvals.Answerer;
import dev.aegis.daemon.approvals.ApprovalDesk;
import dev.aegis.daemon.approvals.Scope;
import dev.aegis.daemon.channels.Outcomes;
import dev.aegis.daemon.channels.VisibleText;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What people may write: it looks, or answers questions. */
final class Commands {

  private static final int LONGEST_REASON = 500;
  private static final String HELP =
      """
      pending: open questions
      details ID: everything about one
      approve ID [session]
      deny ID [reason]
      whoami: your number and role""";
  private static final CompletableFuture<?> DONE = CompletableFuture.completedFuture(null);

  private final ApprovalDesk desk;
  private final Wording wording;
  private final Talk talk;

  Commands(ApprovalDesk desk, Wording wording, Talk talk) {
    this.desk = desk;
    this.wording = wording;
    this.talk = talk;
  }

  /** Do what a text says; completed when nothing of it can be lost. */
  CompletableFuture<?> run(Said said, Answerer who) {
    String[] words = said.text().strip().split("\\s+", 3);
    String word = words[0].replaceFirst("^/", "").toLowerCase(Locale.ROOT);
    Optional<Long> id = words.length < 2 ? Optional.empty() : number(words[1]);
    String rest = words.length < 3 ? "" : words[2];
    switch (word) {
      case "pending" -> talk.say(said.phone(), wording.listed(desk.list(false)), "");
      case "whoami" -> talk.say(said.phone(), People.name(said) + ", " + who.role().word(), "");
      case "details" -> details(said, id);
      case "approve", "deny" -> {
        return answer(word.equals("approve"), id, rest, said, who);
      }
      default -> talk.say(said.phone(), HELP, "");
    }
    return DONE;
  }

  private void details(Said said, Optional<Long> id) {
    talk.say(
        said.phone(),
        id.flatMap(desk::show).map(Wording::details).orElse("There is no such question."),
        "");
  }

  private CompletableFuture<?> answer(
      boolean approve, Optional<Long> id, String rest, Said said, Answerer who) {
    boolean session = rest.strip().equalsIgnoreCase("session");
    if (id.isEmpty() || (approve && !rest.isBlank() && !session)) {
      talk.say(said.phone(), "Write approve ID, approve ID session, or deny ID reason.", "");
      return DONE;
    }
    if (!who.role().isAtLeast(Role.APPROVER)) {
      talk.say(said.phone(), "You are a " + who.role().word() + ": that takes more.", "");
      return DONE;
    }
    Optional<String> reason =
        approve || rest.isBlank()
            ? Optional.empty()
            : Optional.of(VisibleText.cut(VisibleText.line(rest), LONGEST_REASON));
    Answered answered =
        approve
            ? Answered.yes(
                id.get(), session ? Scope.SESSION : Scope.ONCE, who, WhatsAppChannel.NAME)
            : Answered.no(id.get(), who, WhatsAppChannel.NAME, reason);
    return desk.decide(answered)
        .whenComplete(
            (outcome, failure) ->
                talk.say(
                    said.phone(),
                    failure == null
                        ? Outcomes.of(outcome, WhatsAppChannel.NAME)
                        : Outcomes.of(failure),
                    said.id()));
  }

  private static Optional<Long> number(String text) {
    return text.matches("#?[0-9]{1,18}")
        ? Optional.of(Long.valueOf(text.replace("#", "")))
        : Optional.empty();
  }
}
