package dev.aegis.cli;

import java.time.Duration;

/** Lengths of time as people say them. */
final class Durations {

  private Durations() {}

  /** Say a length of time in its two largest units, such as {@code 3 h 12 min}. */
  static String inWords(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    if (seconds < 60) {
      return seconds + " s";
    }
    Duration rest = Duration.ofSeconds(seconds);
    if (rest.toHours() < 1) {
      return "%d min %d s".formatted(rest.toMinutes(), rest.toSecondsPart());
    }
    if (rest.toDays() < 1) {
      return "%d h %d min".formatted(rest.toHours(), rest.toMinutesPart());
    }
    return "%d d %d h".formatted(rest.toDays(), rest.toHoursPart());
  }
}
