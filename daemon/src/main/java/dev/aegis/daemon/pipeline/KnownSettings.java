package dev.aegis.daemon.pipeline;

import dev.aegis.daemon.recent.LatestEntries;
import dev.aegis.daemon.store.ProcessKey;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The watched environment variables that processes of one session may pass on: what the wrapped
 * program began with, and what an answer allowed since, to those who descend from whom it was
 * allowed. Kept as hashes; what is forgotten is asked again. Thread-safe.
 */
final class KnownSettings {

  private static final int MOST_PROCESSES = 4096;

  private final Function<ProcessKey, List<String>> beginning;
  private final Map<ProcessKey, Set<String>> byProcess = LatestEntries.used(MOST_PROCESSES);

  /**
   * Nothing known yet.
   *
   * @param beginning the environment that a process began with, asked of the wrapped program once
   */
  KnownSettings(Function<ProcessKey, List<String>> beginning) {
    this.beginning = beginning;
  }

  /** Tell whether it is known what the wrapped program began with, so that no file is read. */
  synchronized boolean isAtHand(List<ProcessKey> lineage) {
    return lineage.isEmpty() || byProcess.containsKey(lineage.get(lineage.size() - 1));
  }

  /**
   * Tell whether a process may pass a variable on.
   *
   * @param lineage the process, its ancestors, the wrapped program last
   */
  synchronized boolean holds(List<ProcessKey> lineage, String variable) {
    if (lineage.isEmpty()) {
      return false;
    }
    ProcessKey wrapped = lineage.get(lineage.size() - 1);
    if (!byProcess.containsKey(wrapped)) {
      accept(wrapped, beginning.apply(wrapped));
    }
    String hash = Hashes.of(variable);
    return lineage.stream().anyMatch(key -> byProcess.getOrDefault(key, Set.of()).contains(hash));
  }

  /** Remember that a program was allowed to start with variables. */
  synchronized void accept(ProcessKey process, List<String> variables) {
    if (!variables.isEmpty()) {
      byProcess
          .computeIfAbsent(process, key -> new HashSet<>())
          .addAll(variables.stream().map(Hashes::of).collect(Collectors.toSet()));
    }
  }
}
