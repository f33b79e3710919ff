package dev.aegis.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A time-out in whole seconds, from one second to a week. */
final class Seconds implements ITypeConverter<Integer> {

  private static final int WEEK = 604_800;

  @Override
  public Integer convert(String text) {
    try {
      int seconds = Integer.parseInt(text);
      if (seconds >= 1 && seconds <= WEEK) {
        return seconds;
      }
    } catch (NumberFormatException e) {
      throw new TypeConversionException(complaint(text));
    }
    throw new TypeConversionException(complaint(text));
  }

  private static String complaint(String text) {
    return "expected a whole number of seconds from 1 to " + WEEK + ", found \"" + text + '"';
  }
}
