package dev.aegis.policy.meaning;

import dev.aegis.operation.FileIdentity;
import dev.aegis.policy.RegenerableNames;
import dev.aegis.policy.Surroundings;
import java.util.Optional;

/** What deleting one name means: whether it can be taken back. */
final class DeleteMeaning {
  private static final Meaning OWN = Meaning.of("file.delete.own", 5, "made by this session");
  private static final Meaning IN_GIT =
      Meaning.of("file.delete.in_git", 10, "git holds exactly this content");
  private static final Meaning BY_GIT =
      Meaning.of("file.delete.by_git", 5, "git's own work, judged as git started");
  private static final Meaning REGENERABLE =
      Meaning.of("file.delete.regenerable", 5, "ignored by git, can be made again");
  private static final Meaning EMPTY =
      Meaning.of("file.delete.empty_directory", 5, "a directory can only go when it is empty");
  private static final Meaning TEMPORARY =
      Meaning.of("file.delete.temporary", 5, "a temporary or cached file");
  private static final Meaning ABSENT =
      Meaning.of("file.delete.absent", 10, "one file of the workspace, which is not there now");
  private static final Meaning MACHINE =
      Meaning.of("file.delete.machine", 90, "belongs to the machine");
  private static final Meaning OUTSIDE =
      Meaning.of("file.delete.precious", 65, "outside the workspace, cannot be taken back");
  private static final Meaning PRECIOUS =
      Meaning.of("file.delete.precious", 50, "not held by git, cannot be taken back");

  /** Return what deleting a name means; a directory can only go when it is empty. */
  Meaning of(
      String path, Optional<FileIdentity> identity, Place place, String program, Surroundings s) {
    Optional<FileIdentity> object = identity.or(() -> s.identify(path));
    boolean emptied =
        place == Place.WORKSPACE && object.map(FileIdentity::isDirectory).orElse(false);
    return emptied ? EMPTY : withContent(path, object, place, program, s);
  }

  /** Return what losing a file, or a directory with all that is in it, means. */
  Meaning withContent(
      String path, Optional<FileIdentity> identity, Place place, String program, Surroundings s) {
    Optional<FileIdentity> object = identity.or(() -> s.identify(path));
    if (object.isEmpty()) {
      return s.foresees() ? byName(path, place, s) : TEMPORARY;
    }
    if (s.createdBySession(object.get())) {
      return OWN;
    }
    return switch (place) {
      case MACHINE, FOREIGN_PROCESS -> MACHINE;
      case SCRATCH, TOOL_STATE, OWN_STATE, TERMINAL, PROCESS -> TEMPORARY;
      case WORKSPACE -> inWorkspace(path, object.get(), program, s);
      case HOME, ELSEWHERE -> s.unchangedInGit(path) ? IN_GIT : OUTSIDE;
    };
  }

  private static Meaning byName(String path, Place place, Surroundings s) {
    return switch (place) {
      case MACHINE, FOREIGN_PROCESS -> MACHINE;
      case SCRATCH, TOOL_STATE, OWN_STATE, TERMINAL, PROCESS -> TEMPORARY;
      case WORKSPACE ->
          s.regenerable(path)
                  || s.workspaces().stream().anyMatch(w -> RegenerableNames.lookGenerated(w, path))
              ? REGENERABLE
              : ABSENT;
      case HOME, ELSEWHERE -> OUTSIDE;
    };
  }

  private static Meaning inWorkspace(
      String path, FileIdentity object, String program, Surroundings s) {
    if (s.regenerable(path)) {
      return REGENERABLE;
    }
    if (ProgramNames.isGit(program)) {
      return BY_GIT;
    }
    if (!object.isDirectory() && s.unchangedInGit(path)) {
      return IN_GIT;
    }
    return PRECIOUS;
  }
}
