package dev.aegis.daemon.channels.telegram;

import dev.aegis.daemon.approvals.AnswerOutcome;
import dev.aegis.daemon.approvals.Answered;
import dev.aegis.daemon.approvals.ApprovalDesk;
import dev.aegis.daemon.approvals.PauseDesk;
import dev.aegis.daemon.approvals.Scope;
import dev.aegis.daemon.channels.Outcomes;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the bot's commands do: they look, answer questions, and hold every session. */
final class Commands {

  private static final int LONGEST = 90;
  private static final Pattern MINUTES = Pattern.compile("([1-9][0-9]{0,2})m(in)?");

  private final ApprovalDesk desk;
  private final PauseDesk pause;
  private final Reports reports;
  private final Talk talk;

  Commands(ApprovalDesk desk, PauseDesk pause, Reports reports, Talk talk) {
    this.desk = desk;
    this.pause = pause;
    this.reports = reports;
    this.talk = talk;
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
      return say(place, "I do not know /" + Html.line(name, 30) + ". " + help());
    }
    if (!person.role().isAtLeast(word.get().least())) {
      return say(place, "You are a " + person.role().word() + ": that takes more.");
    }
    return switch (word.get()) {
      case PENDING -> say(place, reports.pending());
      case STATUS -> say(place, reports.status());
      case SESSIONS -> say(place, reports.running());
      case HISTORY -> say(place, reports.history());
      case WHOAMI -> say(place, whoami(person));
      case HELP -> say(place, help());
      case APPROVE -> approve(words, person, place);
      case DENY -> deny(words, person, place);
      case PAUSE -> order(true, person, place);
      case RESUME -> order(false, person, place);
    };
  }

  private CompletableFuture<?> say(Place place, String html) {
    talk.say(place, html);
    return CompletableFuture.completedFuture(null);
  }

  private static String whoami(Person person) {
    return "%s, id <code>%d</code>, %s"
        .formatted(Html.line(person.name(), LONGEST), person.id(), person.role().word());
  }

  private CompletableFuture<?> order(boolean hold, Person person, Place place) {
    return pause
        .order(hold, person.answerer(), TelegramChannel.NAME)
        .handle(
            (outcome, failure) -> {
              talk.say(place, failure == null ? ordered(hold, outcome) : Outcomes.of(failure));
              return outcome;
            });
  }

  private static String ordered(boolean hold, PauseDesk.Outcome outcome) {
    return switch (outcome) {
      case DONE ->
          hold
              ? "\u23f8 Every session is held until /resume: nothing that asks goes on."
              : "\u25b6 The sessions go on.";
      case ALREADY -> hold ? "Every session is held already." : "Nothing is held.";
      case REFUSED -> "That takes an admin.";
    };
  }

  private CompletableFuture<?> approve(String[] words, Person person, Place place) {
    Optional<Long> id = id(words);
    String how = words.length < 3 ? "once" : words[2].strip().toLowerCase(Locale.ROOT);
    if (id.isPresent() && how.equals("always")) {
      return say(
          place,
          "Always is wide: every session of the same program, the same shape. If that is meant: /approve %d always really"
              .formatted(id.get()));
    }
    return id.flatMap(number -> yes(number, how, person))
        .<CompletableFuture<?>>map(answer -> bring(answer, place))
        .orElseGet(() -> say(place, usage()));
  }

  private static Optional<Answered> yes(long id, String how, Person person) {
    Matcher minutes = MINUTES.matcher(how);
    if (minutes.matches()) {
      Duration time = Duration.ofMinutes(Long.parseLong(minutes.group(1)));
      return time.compareTo(Answered.LONGEST) > 0
          ? Optional.empty()
          : Optional.of(Answered.yesFor(id, time, person.answerer(), TelegramChannel.NAME));
    }
    Optional<Scope> scope =
        switch (how) {
          case "once" -> Optional.of(Scope.ONCE);
          case "session" -> Optional.of(Scope.SESSION);
          case "always really" -> Optional.of(Scope.ALWAYS);
          default -> Optional.empty();
        };
    return scope.map(one -> Answered.yes(id, one, person.answerer(), TelegramChannel.NAME));
  }

  private CompletableFuture<?> deny(String[] words, Person person, Place place) {
    Optional<String> reason =
        Optional.of(words).filter(all -> all.length > 2).map(all -> all[2].strip());
    return id(words)
        .<CompletableFuture<?>>map(id -> bring(Denials.denial(id, person, reason), place))
        .orElseGet(() -> say(place, usage()));
  }

  private CompletableFuture<?> bring(Answered answer, Place place) {
    return desk.decide(answer).handle((outcome, failure) -> tell(answer, outcome, failure, place));
  }

  private AnswerOutcome tell(
      Answered answer, AnswerOutcome outcome, Throwable failure, Place place) {
    String said =
        failure == null ? Outcomes.of(outcome, TelegramChannel.NAME) : Outcomes.of(failure);
    talk.say(place, "Question " + answer.id() + ": " + Html.line(said, 300));
    return outcome;
  }

  private static Optional<Long> id(String[] words) {
    String text = words.length < 2 ? "" : words[1];
    try {
      return Optional.of(Long.valueOf(text.startsWith("#") ? text.substring(1) : text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static String usage() {
    return "Write /approve ID, /approve ID session, /approve ID 10m, or /deny ID reason.";
  }

  private static String help() {
    return CommandWord.all().stream()
        .map(word -> "/" + word.word() + " " + Html.escape(word.help()))
        .collect(Collectors.joining("\n"));
  }
}
