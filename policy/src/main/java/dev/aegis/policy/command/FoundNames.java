package dev.aegis.policy.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The names that a search hands on to another command, as patterns. */
final class FoundNames {
  private static final Set<String> NAMES =
      Set.of("-name", "-iname", "-path", "-ipath", "-wholename");
  private static final int MOST = 8;

  private FoundNames() {}

  /** Return what {@code find} would put in place of <code>{}</code>. */
  static List<Argument> of(List<Argument> argv) {
    List<String> starts = new ArrayList<>();
    int at = 1;
    while (at < argv.size() && !isExpression(argv.get(at).text())) {
      if (!argv.get(at).known() && !argv.get(at).pattern()) {
        return List.of(Argument.unknown("{}"));
      }
      starts.add(argv.get(at).text());
      at++;
    }
    List<String> names = new ArrayList<>();
    for (; at + 1 < argv.size(); at++) {
      boolean excluded = argv.get(at - 1).text().matches("!|-not");
      if (NAMES.contains(argv.get(at).text()) && !excluded) {
        String name = argv.get(at + 1).text();
        names.add(name.startsWith("*/") ? name.substring(2) : name.replaceFirst("^\\./", ""));
      }
      if (argv.get(at).text().startsWith("-exec")) {
        break;
      }
    }
    return patterns(
        starts.isEmpty() ? List.of(".") : starts, names.isEmpty() ? List.of("*") : names);
  }

  private static boolean isExpression(String word) {
    return word.startsWith("-") || word.equals("(") || word.equals("!");
  }

  private static List<Argument> patterns(List<String> starts, List<String> names) {
    List<Argument> all = new ArrayList<>();
    for (String start : starts) {
      for (String name : names) {
        if (all.size() < MOST) {
          String slash = start.endsWith("/") ? "" : "/";
          all.add(new Argument(start + slash + name, false, true, List.of()));
        }
      }
    }
    return all;
  }

  /** Return what a step prints as names, one a line; nothing when that cannot be told. */
  static List<Argument> printedBy(PlanStep step) {
    String name = ProgramName.of(step.argv().get(0).text());
    return switch (name) {
      case "find", "bfs", "gfind" -> of(step.argv());
      case "ls" ->
          step.argv().stream()
              .skip(1)
              .filter(a -> !a.text().startsWith("-") && (a.known() || a.pattern()))
              .toList();
      default -> List.of();
    };
  }
}
