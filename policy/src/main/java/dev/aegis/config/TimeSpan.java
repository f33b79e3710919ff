package dev.aegis.config;

import java.time.LocalTime;
import java.util.Optional;

/**
 * A part of every day in local time; it may reach over midnight.
 *
 * @param from first minute of it
 * @param to first minute after it
 */
public record TimeSpan(LocalTime from, LocalTime to) {

  /** Read {@code HH:MM-HH:MM}; empty text is no span. */
  static Optional<TimeSpan> of(String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    String[] ends = text.split("-", 2);
    return Optional.of(new TimeSpan(LocalTime.parse(ends[0]), LocalTime.parse(ends[1])));
  }

  /** Tell whether a time lies in it; equal ends are the whole day. */
  public boolean contains(LocalTime time) {
    boolean afterFrom = !time.isBefore(from);
    boolean beforeTo = time.isBefore(to);
    return from.isBefore(to) ? afterFrom && beforeTo : afterFrom || beforeTo;
  }
}
