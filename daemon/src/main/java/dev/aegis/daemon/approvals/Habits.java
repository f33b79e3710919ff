package dev.aegis.daemon.approvals;

import dev.aegis.daemon.store.ApprovalState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How people answer, as far as it shows whether they still read.
 *
 * @param questions of the last day that people decided or let expire
 * @param anHour questions in each hour from the first of them until now
 * @param approvedShare of those that a person decided, 0 to 1
 * @param medianAnswer from question to decision
 * @param alwaysApproved rules with at least five questions, all approved
 */
public record Habits(
    int questions,
    double anHour,
    Optional<Double> approvedShare,
    Optional<Duration> medianAnswer,
    List<String> alwaysApproved) {

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

  private static List<String> alwaysApproved(List<Approval> recent) {
    Map<String, List<Approval>> byRule =
        recent.stream()
            .collect(Collectors.groupingBy(Approval::rule, TreeMap::new, Collectors.toList()));
    return byRule.entrySet().stream()
        .filter(rule -> rule.getValue().size() >= ENOUGH)
        .filter(rule -> rule.getValue().stream().allMatch(Habits::isApproved))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Say it in a few lines. */
  public String text() {
    if (questions == 0) {
      return "no questions within a day";
    }
    return String.format(Locale.ROOT, "%d questions within a day, %.1f an hour", questions, anHour)
        + approvedShare
            .map(share -> String.format(Locale.ROOT, "; %.0f %% approved", share * 100))
            .orElse("")
        + medianAnswer.map(time -> "; half answered within " + time.toSeconds() + " s").orElse("")
        + (alwaysApproved.isEmpty()
            ? ""
            : "; always approved: " + String.join(", ", alwaysApproved));
  }
}
