package dev.aegis.daemon.api;

import dev.aegis.config.AegisConfig.LogLevel;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The log level of the daemon: as configured, or what the most talkative open session asks for. */
public final class SessionLogLevels {

  private final LogLevel configured;
  private final Consumer<LogLevel> log;
  private final Map<String, LogLevel> asked = new ConcurrentHashMap<>();

  /**
   * Start with the configured level.
   *
   * @param log sets the level of the daemon's log
   */
  public SessionLogLevels(LogLevel configured, Consumer<LogLevel> log) {
    this.configured = configured;
    this.log = log;
  }

  static Optional<LogLevel> parse(Optional<String> word) throws RefusedCall {
    if (word.isEmpty()) {
      return Optional.empty();
    }
    List<String> words = Stream.of(LogLevel.values()).map(LogLevel::word).toList();
    if (!words.contains(word.get())) {
      throw new RefusedCall(
          RefusedCall.GENERAL,
          "session.open: argument \"log_level\": expected one of " + String.join(", ", words));
    }
    return word.map(LogLevel::valueOf);
  }

  void raise(String session, LogLevel level) {
    asked.put(session, level);
    apply();
  }

  void restore(String session) {
    if (asked.remove(session) != null) {
      apply();
    }
  }

  private void apply() {
    Set<LogLevel> levels = EnumSet.of(configured);
    levels.addAll(asked.values());
    log.accept(levels.iterator().next());
  }
}
