package dev.aegis.daemon.policy;

import dev.aegis.config.UnreadablePolicyException;
import dev.aegis.policy.rules.LoadedPolicy;
import dev.aegis.policy.rules.PolicyLoader;
import dev.aegis.policy.rules.PolicyProblem;
import dev.aegis.policy.rules.PolicySource;
import java.util.List;
import java.util.Optional;

/** Policy files that may break at any time, and what they said when they last were whole. */
final class LastGood {

  private final Reading reading;
  private Optional<List<PolicySource>> lastRead = Optional.empty();
  private Optional<List<PolicySource>> good = Optional.empty();
  private List<PolicyProblem> problems = List.of();

  LastGood(Reading reading) {
    this.reading = reading;
  }

  /** How the files are read. */
  @FunctionalInterface
  interface Reading {
    List<PolicySource> read() throws UnreadablePolicyException;
  }

  /**
   * Look at the files again.
   *
   * @return true when something is other than it was, for better or worse
   */
  boolean refresh() {
    List<PolicySource> sources;
    try {
      sources = reading.read();
    } catch (UnreadablePolicyException e) {
      List<PolicyProblem> unreadable = List.of(new PolicyProblem(e.file(), 1, 1, e.getMessage()));
      boolean news = lastRead.isPresent() || !problems.equals(unreadable);
      lastRead = Optional.empty();
      problems = unreadable;
      return news;
    }
    if (lastRead.filter(sources::equals).isPresent()) {
      return false;
    }
    lastRead = Optional.of(sources);
    LoadedPolicy loaded = PolicyLoader.load(sources);
    problems = loaded.problems();
    if (problems.isEmpty()) {
      good = Optional.of(sources);
    }
    return true;
  }

  /** Return what is in force; empty while nothing ever was whole. */
  Optional<List<PolicySource>> good() {
    return good;
  }

  /** Return what is wrong with the files as they stand now. */
  List<PolicyProblem> problems() {
    return problems;
  }

  /** Return what is wrong in one line, and what is in force instead. */
  Optional<String> complaint() {
    if (problems.isEmpty()) {
      return Optional.empty();
    }
    String first = problems.get(0).toString();
    String more = problems.size() == 1 ? "" : ", and " + (problems.size() - 1) + " more";
    String instead =
        good.isPresent() ? "the last good policy stays in force" : "everything is denied";
    return Optional.of(first + more + " (" + instead + ")");
  }
}
