package dev.aegis.cli;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A time as people write it: with a zone, in the zone of this machine, or a whole day. */
final class PointInTime implements ITypeConverter<Instant> {

  @Override
  public Instant convert(String text) {
    try {
      if (!text.contains("T")) {
        return LocalDate.parse(text).atStartOfDay(ZoneId.systemDefault()).toInstant();
      }
      return text.matches(".*(Z|[+-]\\d\\d:?\\d\\d)")
          ? OffsetDateTime.parse(text).toInstant()
          : LocalDateTime.parse(text).atZone(ZoneId.systemDefault()).toInstant();
    } catch (DateTimeParseException e) {
      throw new TypeConversionException(
          "expected a time such as 2026-01-31T09:00:00Z or 2026-01-31, found \"" + text + '"');
    }
  }
}
