package dev.aegis.cli;

import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads whole numbers of every command, and complains about others in one way. */
final class WholeNumber {

  private WholeNumber() {}

  static <T> ITypeConverter<T> of(Function<String, T> parse) {
    return text -> {
      try {
        return parse.apply(text);
      } catch (NumberFormatException e) {
        throw new TypeConversionException("expected a whole number, found \"" + text + '"');
      }
    };
  }
}
