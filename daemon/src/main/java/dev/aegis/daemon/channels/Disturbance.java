package dev.aegis.daemon.channels;

import dev.aegis.config.AegisConfig;
import dev.aegis.config.TimeSpan;
import java.time.LocalTime;
import java.util.Optional;

/**
 * How much people may be disturbed.
 *
 * @param openQuestions how many questions of a session they see at once
 * @param quietHours when they see none, local time
 * @param quietAction what becomes of questions then
 */
public record Disturbance(
    int openQuestions, Optional<TimeSpan> quietHours, AegisConfig.QuietAction quietAction) {

  boolean isQuiet(LocalTime time) {
    return quietHours.filter(span -> span.contains(time)).isPresent();
  }

  boolean deniesInQuiet() {
    return quietAction == AegisConfig.QuietAction.DENY;
  }
}
