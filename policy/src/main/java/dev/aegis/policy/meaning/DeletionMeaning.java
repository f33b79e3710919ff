package dev.aegis.policy.meaning;

import com.google.re2j.Pattern;
import dev.aegis.operation.FileIdentity;
import dev.aegis.policy.Surroundings;
import dev.aegis.policy.command.Argument;
import dev.aegis.policy.command.FoundNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a command that deletes what it is told would destroy. */
final class DeletionMeaning {
  private static final int HANDFUL = 5;
  private static final Meaning RECURSIVE =
      Meaning.of("file.delete.recursive", 60, "deletes a directory with all that is in it");
  private static final Meaning ROOT =
      Meaning.of(
          "file.delete.root", 95, "everything: the root, the home directory or the workspace");
  private static final Meaning MANY =
      Meaning.of(
          "file.delete.many", 50, "more than a handful of files that cannot be brought back");
  private static final Meaning FILTERED =
      Meaning.of("file.delete.filtered", 20, "each file is judged when it is deleted");
  private static final Meaning UNKNOWN =
      Meaning.of("file.delete.recursive", 60, "what it deletes cannot be known beforehand");
  private static final Meaning UNKNOWN_FILES =
      Meaning.of("file.delete.many", 50, "what it deletes cannot be known beforehand");

  /* What is not there is a file when it is called like one. */
  private static final Pattern FILE_SHAPED =
      Pattern.compile(
          "(?i)[^/]\\.(json|lock|txt|md|log|ya?ml|toml|ini|cfg|conf|xml|html?|css|s[ac]ss|[cm]?[jt]sx?|py|rb|go|rs|java|kt|c|h|cc|cpp|hpp|cs|php|pl|lua|sh|bash|sql|csv|tsv|db|sqlite3?|png|jpe?g|gif|svg|ico|pdf|zip|t?gz|tar|bz2|xz|7z|jar|war|whl|bak|old|tmp|pid|sock|out|exe|so|a|o|lockb|snap|map|patch|diff|env|gitignore)$");

  private static final Pattern TEMPORARY =
      Pattern.compile(
          "\\$\\{?(TMPDIR|TEMP|TMP|RUNNER_TEMP|XDG_RUNTIME_DIR|XDG_CACHE_HOME|PIP_CACHE_DIR)(:-[^}]*)?\\}?/[^/.*].*");

  private final Places places;
  private final DeleteMeaning single;

  DeletionMeaning(Places places, DeleteMeaning single) {
    this.places = places;
    this.single = single;
  }

  /** Names that cannot be known are judged when the program really runs, if it ever does. */
  Meaning recursively(List<Argument> operands, StepContext context) {
    Meaning all = Meaning.NONE;
    for (Argument operand : operands) {
      all = all.and(operand(operand, context));
    }
    return all;
  }

  private Meaning operand(Argument operand, StepContext context) {
    Surroundings s = context.surroundings();
    if (operand.pattern()) {
      return matched(NamePattern.of(operand.text()), context, true);
    }
    if (!operand.known()) {
      return s.foresees() && !isRemade(operand, s) ? UNKNOWN : Meaning.NONE;
    }
    Optional<String> path = context.resolve(operand);
    if (path.isEmpty()) {
      return s.foresees() ? UNKNOWN : Meaning.NONE;
    }
    return directory(path.get(), s);
  }

  /** {@code "$ROOT/node_modules"} can be made again, wherever it is. */
  private static boolean isRemade(Argument operand, Surroundings s) {
    String text = operand.text();
    String name = text.substring(text.lastIndexOf('/') + 1);
    if (TEMPORARY.matcher(text).matches()) {
      return true;
    }
    return text.indexOf('/') > 0
        && name.indexOf('$') < 0
        && s.workspaces().stream().anyMatch(w -> s.regenerable(w + "/" + name));
  }

  private Meaning matched(NamePattern pattern, StepContext context, boolean recursive) {
    Surroundings s = context.surroundings();
    Optional<String> directory =
        pattern.directory().isEmpty() ? context.cwd() : context.resolve(pattern.directory());
    if (directory.isEmpty()) {
      return s.foresees() ? UNKNOWN : Meaning.NONE;
    }
    if (pattern.everything() && recursive) {
      return directory(directory.get(), s);
    }
    if (!s.foresees()) {
      /* The shell puts the names in, and the program that gets them is judged. */
      return Meaning.NONE;
    }
    String example = directory.get() + "/" + pattern.example();
    Meaning one = single.withContent(example, Optional.empty(), places.of(example, s), "", s);
    if (pattern.everything() && isRoot(directory.get(), s)) {
      return MANY;
    }
    if (one.isWithin("file.delete.machine") || one.isWithin("file.delete.precious")) {
      return recursive ? one.and(RECURSIVE) : one.and(MANY);
    }
    if (!one.isWithin("file.delete.absent")) {
      return one;
    }
    return recursive ? RECURSIVE : MANY;
  }

  Meaning files(List<Argument> operands, StepContext context) {
    Surroundings s = context.surroundings();
    Meaning all = Meaning.NONE;
    List<String> named = new ArrayList<>();
    for (Argument operand : operands) {
      if (operand.pattern()) {
        all = all.and(matched(NamePattern.of(operand.text()), context, false));
      } else if (!operand.known() && s.foresees() && !isRemade(operand, s)) {
        all = all.and(UNKNOWN_FILES);
      } else {
        context.resolve(operand).ifPresent(named::add);
      }
    }
    long precious = named.stream().filter(path -> isPrecious(path, s)).limit(HANDFUL + 1).count();
    return precious > HANDFUL ? all.and(MANY) : all;
  }

  /**
   * What is not there yet, or was made by the session, loses nothing; another host's files might.
   */
  Meaning atDestination(List<Argument> operands, StepContext context) {
    if (operands.size() < 2) {
      return Meaning.NONE;
    }
    Argument destination = operands.get(operands.size() - 1);
    boolean here = destination.known() && destination.text().indexOf(':') < 0;
    return here ? recursively(List.of(destination), context) : RECURSIVE;
  }

  /** What a search deletes, which is told by the names that it looks for. */
  Meaning found(List<Argument> argv, StepContext context) {
    Surroundings s = context.surroundings();
    boolean empty = argv.stream().anyMatch(a -> a.text().equals("-empty"));
    Meaning all = Meaning.NONE;
    for (Argument names : FoundNames.of(argv)) {
      if (!names.pattern()) {
        return s.foresees() ? UNKNOWN : Meaning.NONE;
      }
      String text = names.text();
      boolean everything = text.endsWith("/*") && NamePattern.of(text).everything();
      if (empty) {
        all = all.and(FILTERED);
      } else if (everything) {
        String start = text.substring(0, text.length() - 2);
        all =
            all.and(recursively(start.isEmpty() ? Argument.root() : names.asName(start), context));
      } else {
        all = all.and(FILTERED);
        all = s.foresees() ? all.and(files(List.of(names), context)) : all;
      }
    }
    return all;
  }

  private Meaning recursively(Argument start, StepContext context) {
    return recursively(List.of(start), context);
  }

  private Meaning directory(String path, Surroundings s) {
    Optional<FileIdentity> identity = s.identify(path);
    if (isRoot(path, s)) {
      return ROOT.and(RECURSIVE);
    }
    if (identity.isEmpty() && !s.foresees()) {
      return Meaning.NONE;
    }
    Meaning one = single.withContent(path, identity, places.of(path, s), "", s);
    if (one.isWithin("file.delete.absent")) {
      return FILE_SHAPED.matcher(path).find() ? one : RECURSIVE;
    }
    boolean plain = identity.isPresent() && isPlainFile(identity.get());
    if (one.isWithin("file.delete.machine") && s.foresees()) {
      return one.and(RECURSIVE);
    }
    return one.isWithin("file.delete.precious") && !plain ? RECURSIVE : one;
  }

  /** One file, even named to a recursive deletion, is judged when it goes. */
  private static boolean isPlainFile(FileIdentity identity) {
    return !identity.isDirectory();
  }

  private boolean isPrecious(String path, Surroundings s) {
    Optional<FileIdentity> identity = s.identify(path);
    Meaning one = single.withContent(path, identity, places.of(path, s), "", s);
    return one.isWithin("file.delete.absent")
        || ((identity.isPresent() || s.foresees()) && one.isWithin("file.delete.precious"));
  }

  private static boolean isRoot(String path, Surroundings s) {
    return Paths.isWithin(s.home(), path)
        || s.workspaces().stream().anyMatch(workspace -> Paths.isWithin(workspace, path))
        || isGitDirectory(path, s);
  }

  /** All that git holds is gone with it. */
  private static boolean isGitDirectory(String path, Surroundings s) {
    return s.foresees() && Paths.name(path).equals(".git");
  }
}
