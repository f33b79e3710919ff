package dev.aegis.policy.meaning;

import dev.aegis.operation.FileIdentity;
import dev.aegis.operation.Operation.FileAccess;
import dev.aegis.operation.OperationKind;
import dev.aegis.policy.Surroundings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Everything that an operation on an existing regular file or directory may mean, when only its
 * path is known: who asks, who made the file and what git says of it are tried both ways.
 */
final class Possibilities {
  private static final int QUESTIONS = 5;
  private static final int WRITE_ONLY = 1;
  private static final int[] MODES = {0100644, 0100600, 0040755, 0040700};
  private static final List<String> PROGRAMS = List.of("", "/usr/bin/git");

  private final FileMeaning files;

  Possibilities(FileMeaning files) {
    this.files = files;
  }

  List<Subject> of(OperationKind kind, String path, Surroundings session) {
    List<Subject> all = new ArrayList<>();
    for (Optional<FileIdentity> object : objects(kind)) {
      FileAccess access =
          new FileAccess(
              kind,
              "openat",
              path,
              Optional.empty(),
              Optional.empty(),
              object,
              Optional.empty(),
              kind == OperationKind.WRITE_FILE ? WRITE_ONLY : 0,
              0);
      for (int answers = 0; answers < 1 << QUESTIONS; answers++) {
        for (String program : PROGRAMS) {
          all.addAll(files.of(access, program, new Supposed(session, answers)));
        }
      }
    }
    return all;
  }

  private static List<Optional<FileIdentity>> objects(OperationKind kind) {
    List<Optional<FileIdentity>> objects = new ArrayList<>();
    for (int mode : MODES) {
      objects.add(
          Optional.of(new FileIdentity(1, 1, 1, Instant.EPOCH, Instant.EPOCH, mode, 1, 0, 0)));
    }
    if (kind == OperationKind.WRITE_FILE) {
      objects.add(Optional.empty());
    }
    return objects;
  }

  /** What is fixed for a session, and one way in which the rest may be. */
  private record Supposed(Surroundings session, int answers) implements Surroundings {
    private boolean answer(int question) {
      return (answers >> question & 1) != 0;
    }

    @Override
    public Optional<FileIdentity> identify(String path) {
      return Optional.empty();
    }

    @Override
    public Optional<String> resolve(String cwd, String path) {
      return Optional.empty();
    }

    @Override
    public List<String> workspaces() {
      return session.workspaces();
    }

    @Override
    public String home() {
      return session.home();
    }

    @Override
    public List<String> scratchDirectories() {
      return session.scratchDirectories();
    }

    @Override
    public List<String> ownStateDirectories() {
      return session.ownStateDirectories();
    }

    @Override
    public String wrapped() {
      return session.wrapped();
    }

    @Override
    public String user() {
      return session.user();
    }

    @Override
    public boolean createdBySession(FileIdentity identity) {
      return answer(0);
    }

    @Override
    public boolean unchangedInGit(String path) {
      return answer(1);
    }

    @Override
    public boolean regenerable(String path) {
      return answer(2);
    }

    @Override
    public boolean inSession(int pid) {
      return false;
    }

    @Override
    public boolean onPrivateFileSystem(String path) {
      return answer(3);
    }

    @Override
    public boolean askedByWrappedProgram() {
      return answer(4);
    }
  }
}
