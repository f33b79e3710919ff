package dev.aegis.daemon.approvals;

import dev.aegis.daemon.store.ApprovalState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How people answer, as far as it shows whether they still read.
 *
 * @param questions of the last day that people decided or let expire
 * @param anHour questions in each hour from the first of them until now
 * @param approvedShare of those that a person decided, 0 to 1
 * @param medianAnswer from question to decision
 * @param alwaysApproved what was asked at least five times in one shape, and always approved
 */
public record Habits(
    int questions,
    double anHour,
    Optional<Double> approvedShare,
    Optional<Duration> medianAnswer,
    List<Suggestion> alwaysApproved) {

  /**
   * Something that people approve so often that asking may be of no use.
   *
   * @param example the command that was approved last
   * @param approvals how often
   * @param latest number of the last approval
   */
  public record Suggestion(String example, int approvals, long latest, String rule) {}

  private static final Duration DAY = Duration.ofDays(1);
  private static final int ENOUGH = 5;
  private static final double SECONDS_AN_HOUR = 3_600;

  public Habits {
    alwaysApproved = List.copyOf(alwaysApproved);
  }

  /** Look at decided approvals. */
  public static Habits of(List<Approval> decided, Instant now) {
    List<Approval> recent =
        decided.stream()
            .filter(one -> one.state() != ApprovalState.CANCELLED)
            .filter(one -> one.requestedAt().isAfter(now.minus(DAY)))
            .toList();
    List<Approval> answered =
        recent.stream().filter(one -> one.state() != ApprovalState.EXPIRED).toList();
    return new Habits(
        recent.size(),
        anHour(recent, now),
        answered.isEmpty()
            ? Optional.empty()
            : Optional.of(
                (double) answered.stream().filter(Habits::isApproved).count() / answered.size()),
        median(answered),
        alwaysApproved(recent));
  }

  private static boolean isApproved(Approval one) {
    return one.state() == ApprovalState.APPROVED;
  }

  private static double anHour(List<Approval> recent, Instant now) {
    return recent.stream()
        .map(Approval::requestedAt)
        .min(Instant::compareTo)
        .map(
            first ->
                recent.size()
                    / Math.max(1, Duration.between(first, now).toSeconds() / SECONDS_AN_HOUR))
        .orElse(0.0);
  }

  private static Optional<Duration> median(List<Approval> answered) {
    List<Duration> times =
        answered.stream()
            .flatMap(
                one -> one.decidedAt().map(at -> Duration.between(one.requestedAt(), at)).stream())
            .sorted()
            .toList();
    return times.isEmpty() ? Optional.empty() : Optional.of(times.get(times.size() / 2));
  }

  private static List<Suggestion> alwaysApproved(List<Approval> recent) {
    Map<String, List<Approval>> byShape =
        recent.stream()
            .collect(
                Collectors.groupingBy(Approval::shape, LinkedHashMap::new, Collectors.toList()));
    return byShape.values().stream()
        .filter(alike -> alike.size() >= ENOUGH)
        .filter(alike -> alike.stream().allMatch(Habits::isApproved))
        .map(Habits::suggestion)
        .toList();
  }

  private static Suggestion suggestion(List<Approval> alike) {
    Approval last = Collections.max(alike, Comparator.comparing(Approval::id));
    return new Suggestion(last.command(), alike.size(), last.id(), last.rule());
  }

  /** Say it in a few lines, the figures first. */
  public List<String> lines() {
    if (questions == 0) {
      return List.of("no questions within a day");
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(Locale.ROOT, "%d questions within a day, %.1f an hour", questions, anHour)
            + approvedShare
                .map(share -> String.format(Locale.ROOT, "; %.0f %% approved", share * 100))
                .orElse("")
            + medianAnswer
                .map(time -> "; half answered within " + time.toSeconds() + " s")
                .orElse(""));
    alwaysApproved.forEach(
        one ->
            lines.add(
                "approved %d times, never denied: %s (rule %s). Less asking: approve the next one for the session, or see aegis policy suggest"
                    .formatted(one.approvals(), one.example(), one.rule())));
    return List.copyOf(lines);
  }
}
