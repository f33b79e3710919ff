package dev.aegis.policy.command;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The names that a search finds and hands on to another command, as patterns. */
public final class FoundNames {
  private static final Set<String> NAMES = Set.of("-name", "-iname");
  private static final Set<String> PATHS = Set.of("-path", "-ipath", "-wholename");
  private static final Set<String> ACTIONS =
      Set.of("-exec", "-execdir", "-ok", "-okdir", "-delete", "-print", "-print0", "-ls");
  private static final int MOST = 8;

  private final List<String> words;
  private final Set<String> found = new LinkedHashSet<>();
  private String name = "";
  private String path = "";
  private boolean pruned;

  private FoundNames(List<String> words) {
    this.words = words;
  }

  /**
   * Return what {@code find} would put in place of <code>{}</code>: every alternative of its
   * expression as one pattern, {@code *} where nothing is said of names.
   */
  public static List<Argument> of(List<Argument> argv) {
    List<String> starts = new ArrayList<>();
    int at = 1;
    while (at < argv.size() && !isExpression(argv.get(at).text())) {
      if (!argv.get(at).known() && !argv.get(at).pattern()) {
        return List.of(Argument.unknown("{}"));
      }
      starts.add(argv.get(at).text());
      at++;
    }
    FoundNames names = new FoundNames(argv.stream().skip(at).map(Argument::text).toList());
    names.read();
    return patterns(starts.isEmpty() ? List.of(".") : starts, names.found);
  }

  private static boolean isExpression(String word) {
    return word.startsWith("-") || word.equals("(") || word.equals("!");
  }

  private void read() {
    boolean acts = false;
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      boolean excluded = i > 0 && words.get(i - 1).matches("!|-not");
      String next = i + 1 < words.size() ? words.get(i + 1) : "";
      if (NAMES.contains(word)) {
        name = excluded ? name : next;
      } else if (PATHS.contains(word)) {
        path = excluded ? path : next;
      } else if (word.equals("-prune")) {
        pruned = true;
      } else if (word.equals("-o") || word.equals("-or")) {
        alternative();
      } else if (ACTIONS.contains(word)) {
        acts = true;
        pruned = false;
        break;
      }
    }
    if (acts || found.isEmpty() || !name.isEmpty() || !path.isEmpty()) {
      alternative();
    }
  }

  private void alternative() {
    if (!pruned) {
      found.add(pattern());
    }
    name = "";
    path = "";
    pruned = false;
  }

  private String pattern() {
    if (path.isEmpty()) {
      return name.isEmpty() ? "*" : name;
    }
    String plain = path.startsWith("*/") ? path.substring(2) : path.replaceFirst("^\\./", "");
    int slash = plain.lastIndexOf('/');
    return name.isEmpty() ? plain : (slash < 0 ? "" : plain.substring(0, slash + 1)) + name;
  }

  private static List<Argument> patterns(List<String> starts, Set<String> names) {
    List<Argument> all = new ArrayList<>();
    for (String start : starts) {
      for (String name : names) {
        if (all.size() < MOST) {
          boolean whole = name.startsWith("/");
          String slash = start.endsWith("/") ? "" : "/";
          all.add(new Argument(whole ? name : start + slash + name, false, true, List.of()));
        }
      }
    }
    return all;
  }

  /** Return what a step prints as names, one a line; nothing when that cannot be told. */
  static List<Argument> printedBy(PlanStep step) {
    String program = ProgramName.of(step.argv().get(0).text());
    return switch (program) {
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
