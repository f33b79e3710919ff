package dev.aegis.daemon.channels.telegram;

import dev.aegis.daemon.approvals.AnswerOutcome;
import dev.aegis.daemon.approvals.Answered;
import dev.aegis.daemon.approvals.Approval;
import dev.aegis.daemon.approvals.ApprovalDesk;
import dev.aegis.daemon.approvals.Habits;
import dev.aegis.daemon.approvals.Scope;
import dev.aegis.daemon.intercept.SessionStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What the bot's commands do: they look, and answer questions. */
final class Commands {

  private static final int MOST_LISTED = 15;
  private static final int LONGEST = 90;
  private static final int LOOK_BACK = 1_000;

  private final ApprovalDesk desk;
  private final Supplier<List<SessionStatus>> sessions;
  private final Talk talk;
  private final InstantSource clock;

  Commands(
      ApprovalDesk desk, Supplier<List<SessionStatus>> sessions, Talk talk, InstantSource clock) {
    this.desk = desk;
    this.sessions = sessions;
    this.talk = talk;
    this.clock = clock;
  }

  /**
   * Do what a command says.
   *
   * @param text begins with a slash
   * @return completed when nothing of it can be lost
   */
  CompletableFuture<?> run(String text, Person person, Place place) {
    String[] words = text.strip().split("\\s+", 3);
    String name = words[0].substring(1).split("@", 2)[0].toLowerCase(Locale.ROOT);
    Optional<CommandWord> word = CommandWord.of(name);
    if (word.isEmpty()) {
      talk.say(place, "I do not know /" + Html.line(name, 30) + ". " + help());
    } else if (!person.role().isAtLeast(word.get().least())) {
      talk.say(place, "You are a " + person.role().word() + ": that takes more.");
    } else if (word.get() == CommandWord.APPROVE || word.get() == CommandWord.DENY) {
      return decide(word.get() == CommandWord.APPROVE, words, person, place);
    } else {
      talk.say(place, told(word.get(), person));
    }
    return CompletableFuture.completedFuture(null);
  }

  private String told(CommandWord word, Person person) {
    return switch (word) {
      case PENDING -> pending();
      case STATUS -> status();
      case SESSIONS -> running();
      case HISTORY -> history();
      case WHOAMI ->
          Html.line(person.name(), LONGEST)
              + ", id <code>"
              + person.id()
              + "</code>, "
              + person.role().word();
      default -> help();
    };
  }

  private CompletableFuture<?> decide(boolean approve, String[] words, Person person, Place place) {
    Optional<Long> id = words.length < 2 ? Optional.empty() : number(words[1]);
    String rest = words.length < 3 ? "" : words[2];
    Optional<Scope> scope = approve ? scope(rest) : Optional.of(Scope.ONCE);
    if (id.isEmpty() || scope.isEmpty()) {
      talk.say(place, "Write /approve ID, /approve ID session, or /deny ID reason.");
      return CompletableFuture.completedFuture(null);
    }
    Optional<String> reason = approve || rest.isBlank() ? Optional.empty() : Optional.of(rest);
    return desk.decide(
            new Answered(
                id.get(), approve, scope.get(), person.answerer(), TelegramChannel.NAME, reason))
        .handle((outcome, failure) -> tell(id.get(), outcome, failure, place));
  }

  private Object tell(long id, AnswerOutcome outcome, Throwable failure, Place place) {
    String said = failure == null ? Outcomes.of(outcome) : Outcomes.of(failure);
    talk.say(place, "Question " + id + ": " + Html.line(said, 300));
    return said;
  }

  private static Optional<Long> number(String text) {
    try {
      return Optional.of(Long.valueOf(text.startsWith("#") ? text.substring(1) : text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<Scope> scope(String text) {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "", "once" -> Optional.of(Scope.ONCE);
      case "session" -> Optional.of(Scope.SESSION);
      default -> Optional.empty();
    };
  }

  private String pending() {
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

  private String history() {
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

  private String running() {
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

  private String status() {
    Habits habits = Habits.of(desk.history(LOOK_BACK), clock.instant());
    return "%d open questions, %d sessions.\n%s"
        .formatted(desk.list(false).size(), sessions.get().size(), Html.line(habits.text(), 1_000));
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

  private static String help() {
    return CommandWord.all().stream()
        .map(word -> "/" + word.word() + " " + Html.escape(word.help()))
        .collect(Collectors.joining("\n"));
  }
}
