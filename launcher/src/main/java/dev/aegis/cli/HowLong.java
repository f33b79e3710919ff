package dev.aegis.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A length of time such as {@code 90s}, {@code 10m} or {@code 2h}, up to twelve hours. */
final class HowLong implements ITypeConverter<Duration> {

  private static final Pattern TEXT = Pattern.compile("([1-9][0-9]{0,4})([smh])");
  private static final Duration LONGEST = Duration.ofHours(12);

  @Override
  public Duration convert(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (matcher.matches()) {
      long number = Long.parseLong(matcher.group(1));
      Duration duration =
          switch (matcher.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
          };
      if (duration.compareTo(LONGEST) <= 0) {
        return duration;
      }
    }
    throw new TypeConversionException(
        "expected a time up to 12h such as 90s, 10m or 2h, found \"" + text + '"');
  }
}
