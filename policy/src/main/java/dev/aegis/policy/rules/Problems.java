package dev.aegis.policy.rules;

import java.util.ArrayList;
import java.util.List;
import org.tomlj.TomlPosition;

/** Collects everything wrong in one policy file. */
final class Problems {
  private final String file;
  private final String[] lines;
  private final List<PolicyProblem> found = new ArrayList<>();

  Problems(PolicySource source) {
    file = source.name();
    lines = source.text().split("\n", -1);
  }

  void add(TomlPosition position, String message) {
    add(position.line(), position.column(), message);
  }

  void add(int line, int column, String message) {
    found.add(new PolicyProblem(file, Math.max(1, line), Math.max(1, column), message));
  }

  /** Add a problem at a piece of the value that stands behind a key, where it can be found. */
  void addWithin(TomlPosition key, String fragment, String message) {
    int line = key.line();
    int column = key.column();
    if (line >= 1 && line <= lines.length) {
      String text = lines[line - 1];
      int value = text.indexOf('=', Math.max(0, column - 1));
      if (value >= 0) {
        int plain = text.indexOf(fragment, value);
        int escaped = text.indexOf(fragment.replace("\\", "\\\\"), value);
        int at = escaped < 0 ? plain : escaped;
        column = 1 + (at < 0 || fragment.isEmpty() ? value + 1 + blanks(text, value + 1) : at);
      }
    }
    add(line, column, message);
  }

  String file() {
    return file;
  }

  List<PolicyProblem> found() {
    return List.copyOf(found);
  }

  private static int blanks(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
    return at - from;
  }
}
