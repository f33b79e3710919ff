package dev.aegis.cli;

import dev.aegis.operation.Supervision;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The word after {@code --supervision}. */
final class SupervisionWord implements ITypeConverter<Supervision> {

  @Override
  public Supervision convert(String text) {
    return Supervision.ofLabel(text)
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "expected one of %s, found \"%s\""
                        .formatted(
                            Stream.of(Supervision.values())
                                .map(Supervision::label)
                                .collect(Collectors.joining(", ")),
                            text)));
  }
}
