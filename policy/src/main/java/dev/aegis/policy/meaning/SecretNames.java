package dev.aegis.policy.meaning;

import dev.aegis.policy.Surroundings;
import dev.aegis.policy.command.Argument;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tells which files an operand may stand for when it is read: itself, what a pattern matches, and
 * what lies in a directory that is taken as a whole.
 */
final class SecretNames {
  private final Map<String, String> directories;
  private final Set<String> names;

  /**
   * Names of secrets.
   *
   * @param directories that hold secrets, each with one of them; {@code ~} is the home directory
   * @param names of single files that are secrets wherever they are
   */
  SecretNames(Map<String, String> directories, Set<String> names) {
    this.directories = directories;
    this.names = names;
  }

  /** Return absolute paths, the operand's own first; empty when it cannot be known. */
  List<String> candidates(Argument operand, StepContext context) {
    Set<String> all = new LinkedHashSet<>();
    if (!operand.known() && operand.text().matches("/proc/[^/]*[*?$\\[(][^/]*/.*")) {
      all.add("/proc/1/" + operand.text().substring(operand.text().indexOf('/', 6) + 1));
      return List.copyOf(all);
    }
    if (operand.pattern()) {
      NamePattern pattern = NamePattern.of(operand.text());
      String directory = pattern.directory().isEmpty() ? "." : pattern.directory();
      context.resolve(directory).ifPresent(base -> matched(base, pattern, operand, context, all));
      return List.copyOf(all);
    }
    Optional<String> path = context.resolve(operand);
    path.ifPresent(
        p -> {
          all.add(p);
          inside(p, context.surroundings(), all);
        });
    return List.copyOf(all);
  }

  private void matched(
      String base, NamePattern pattern, Argument operand, StepContext context, Set<String> all) {
    all.add(base + "/" + pattern.example());
    if (pattern.everything()) {
      inside(base, context.surroundings(), all);
      return;
    }
    String text = operand.text();
    String last = text.substring(text.lastIndexOf('/') + 1);
    boolean telling = !last.isEmpty() && "*?[".indexOf(last.charAt(0)) < 0;
    if (telling) {
      names.stream()
          .filter(name -> Words.matchesPattern(last, name))
          .forEach(name -> all.add(base + "/" + name));
    }
    if (pattern.example().isEmpty() || text.indexOf('/') > 0) {
      byPattern(text, context, all);
    }
  }

  /** {@code ~/.s*h/id_rsa}: the directory itself may be a pattern. */
  private void byPattern(String text, StepContext context, Set<String> all) {
    String home = context.surroundings().home();
    directories.forEach(
        (directory, secret) -> {
          String path = expanded(secret, home);
          if (Words.matchesPattern(text, path)
              || Words.matchesPattern(text, expanded(directory, home))) {
            all.add(path);
          }
        });
  }

  /** What a directory may hold that is worth naming. */
  private void inside(String path, Surroundings s, Set<String> all) {
    boolean regular = s.identify(path).map(id -> !id.isDirectory()).orElse(false);
    if (regular || path.equals("/etc") || path.equals("/var")) {
      return;
    }
    String home = s.home();
    String relative = Paths.isWithin(path, home) ? "~" + path.substring(home.length()) : path;
    String secret = directories.get(relative);
    if (secret != null) {
      all.add(expanded(secret, home));
    } else if (Paths.isWithin(home, path)) {
      all.add(home + "/.ssh/id_rsa");
    }
  }

  private static String expanded(String path, String home) {
    return path.startsWith("~") ? home + path.substring(1) : path;
  }
}
