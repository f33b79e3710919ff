package dev.aegis.policy.meaning;

import dev.aegis.operation.Operation;
import dev.aegis.operation.OperationKind;
import dev.aegis.policy.Surroundings;
import java.util.List;

/** Turns an operation into what rules look at. */
public final class Subjects {
  private static final Subjects SHIPPED = read();

  private final FileMeaning files;
  private final CommandMeaning commands;

  private Subjects(FileMeaning files, CommandMeaning commands) {
    this.files = files;
    this.commands = commands;
  }

  /** Return the one with the knowledge that ships with Aegis; it never changes. */
  public static Subjects shipped() {
    return SHIPPED;
  }

  private static Subjects read() {
    FileMeaning files = new FileMeaning(FileKnowledge.shipped());
    return new Subjects(files, new CommandMeaning(Catalogue.shipped(), files));
  }

  /** Return the sets of paths that decide what a kind of operation on a file means. */
  public Landmarks landmarks(OperationKind kind, Surroundings session) {
    return files.landmarks(kind, session);
  }

  /**
   * Return every subject that an operation on an existing regular file or directory may have, when
   * only its path is known.
   *
   * @param kind READ_FILE, WRITE_FILE (opening, be it to create), DELETE_FILE or CHANGE_MODE
   *     (without set-id bits)
   */
  public List<Subject> possible(OperationKind kind, String path, Surroundings session) {
    return new Possibilities(files).of(kind, path, session);
  }

  /**
   * Return the subjects of an operation, at least one.
   *
   * @param program real path of the executable of the process that asks
   */
  public List<Subject> of(Operation operation, String program, Surroundings s) {
    if (operation instanceof Operation.FileAccess access) {
      return files.of(access, program, s);
    } else if (operation instanceof Operation.Execute execute) {
      return commands.of(execute, program, s);
    } else if (operation instanceof Operation.SocketAccess access) {
      return List.of(SocketMeaning.of(access, program, s));
    } else if (operation instanceof Operation.Signal signal) {
      return List.of(ProcessMeaning.of(signal, program, s));
    } else if (operation instanceof Operation.SystemCall call) {
      return List.of(ProcessMeaning.of(call, program, s));
    }
    throw new IllegalArgumentException("unknown operation: " + operation);
  }
}
