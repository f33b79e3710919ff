package dev.aegis.policy.rules;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ports from {@code least} to {@code most}, both included. */
record PortRange(int least, int most) {
  private static final Pattern RANGE = Pattern.compile("(\\d{1,5})-(\\d{1,5})");
  private static final int LAST = 65535;

  static Optional<PortRange> of(Object value) {
    if (value instanceof Long number && number >= 0 && number <= LAST) {
      return Optional.of(new PortRange(number.intValue(), number.intValue()));
    }
    if (value instanceof String text) {
      Matcher matcher = RANGE.matcher(text);
      if (matcher.matches()) {
        int least = Integer.parseInt(matcher.group(1));
        int most = Integer.parseInt(matcher.group(2));
        return least <= most && most <= LAST
            ? Optional.of(new PortRange(least, most))
            : Optional.empty();
      }
    }
    return Optional.empty();
  }

  boolean holds(int port) {
    return port >= least && port <= most;
  }
}
