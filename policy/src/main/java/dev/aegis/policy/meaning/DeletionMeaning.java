package dev.aegis.policy.meaning;

import dev.aegis.operation.FileIdentity;
import dev.aegis.policy.Surroundings;
import dev.aegis.policy.command.Argument;
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

  private final Places places;
  private final DeleteMeaning single;

  DeletionMeaning(Places places, DeleteMeaning single) {
    this.places = places;
    this.single = single;
  }

  /** Names that cannot be known are judged when the program really runs. */
  Meaning recursively(List<Argument> operands, StepContext context) {
    Meaning all = Meaning.NONE;
    for (String path : context.resolveAll(operands)) {
      all = all.and(directory(path, context.surroundings()));
    }
    return all;
  }

  Meaning files(List<Argument> operands, StepContext context) {
    long precious =
        context.resolveAll(operands).stream()
            .filter(path -> isPrecious(path, context.surroundings()))
            .limit(HANDFUL + 1)
            .count();
    return precious > HANDFUL ? MANY : Meaning.NONE;
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

  Meaning found(List<Argument> argv, StepContext context) {
    List<Argument> start =
        argv.stream()
            .skip(1)
            .takeWhile(a -> !"-(!".contains(a.text().substring(0, Math.min(1, a.text().length()))))
            .toList();
    boolean filtered =
        argv.stream()
            .anyMatch(
                a ->
                    List.of("-name", "-iname", "-path", "-ipath", "-regex", "-iregex", "-empty")
                        .contains(a.text()));
    if (filtered) {
      return FILTERED;
    }
    return recursively(start.isEmpty() ? List.of(new Argument(".", true)) : start, context);
  }

  private Meaning directory(String path, Surroundings s) {
    Optional<FileIdentity> identity = s.identify(path);
    if (isRoot(path, s)) {
      return ROOT.and(RECURSIVE);
    }
    if (identity.isEmpty()) {
      return Meaning.NONE;
    }
    Meaning one = single.withContent(path, identity, places.of(path, s), "", s);
    return one.isWithin("file.delete.precious") && !isPlainFile(identity.get()) ? RECURSIVE : one;
  }

  /** One file, even named to a recursive deletion, is judged when it goes. */
  private static boolean isPlainFile(FileIdentity identity) {
    return !identity.isDirectory();
  }

  private boolean isPrecious(String path, Surroundings s) {
    Optional<FileIdentity> identity = s.identify(path);
    return identity.isPresent()
        && single
            .withContent(path, identity, places.of(path, s), "", s)
            .isWithin("file.delete.precious");
  }

  private static boolean isRoot(String path, Surroundings s) {
    return Paths.isWithin(s.home(), path)
        || s.workspaces().stream().anyMatch(workspace -> Paths.isWithin(workspace, path));
  }
}
