package dev.aegis.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.PrintStream;

/** JSON as {@code --json} prints it. */
final class Json {

  private static final ObjectMapper INDENTED =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private static final ObjectMapper LINE = new ObjectMapper();

  private Json() {}

  /** Print one value over several lines. */
  static void print(PrintStream out, Object value) {
    out.println(write(INDENTED, value));
  }

  /** Print one value on one line, as the entries of a stream stand. */
  static void printLine(PrintStream out, Object value) {
    out.println(write(LINE, value));
  }

  private static String write(ObjectMapper mapper, Object value) {
    try {
      return mapper.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("nodes, maps and records of plain values have JSON", e);
    }
  }
}
