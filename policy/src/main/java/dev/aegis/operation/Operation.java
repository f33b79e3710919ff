package dev.aegis.operation;

import java.util.List;
import java.util.Optional;

/**
 * One thing that a supervised process is about to do, as the kernel would see it.
 *
 * <p>Paths are absolute and resolved. Bytes that are not UTF-8 stand as lone surrogates U+DC80 to
 * U+DCFF, so that no name is lost or confused with another.
 */
public sealed interface Operation {

  /** Return the kind of this operation. */
  OperationKind kind();

  /**
   * The start of a program.
   *
   * @param path the program, or the script that is started
   * @param interpreter for a script, the program that the kernel will run
   * @param argv arguments, the name of the program first; may be empty
   * @param cwd working directory
   * @param environment watched variables only, as {@code NAME=value}
   * @param identity of {@code path}
   * @param coverage how well the new program will be supervised
   * @param coverageReason why, as the wire numbers it
   * @param spawned true when a parent asks for a child that does not exist yet
   */
  record Execute(
      String path,
      Optional<String> interpreter,
      List<String> argv,
      String cwd,
      List<String> environment,
      FileIdentity identity,
      Coverage coverage,
      int coverageReason,
      boolean spawned)
      implements Operation {
    public Execute {
      argv = List.copyOf(argv);
      environment = List.copyOf(environment);
    }

    @Override
    public OperationKind kind() {
      return OperationKind.EXECUTE;
    }
  }

  /**
   * Something done to a file by name or by descriptor.
   *
   * @param kind one of READ_FILE, WRITE_FILE, DELETE_FILE, MOVE_FILE, CHANGE_MODE
   * @param call name of the system call, such as {@code openat}, {@code mkdirat}, {@code linkat}
   * @param path the object; for a rename the source, for a link the new name
   * @param otherPath rename: the destination; hard link: the source; symbolic link: its text
   * @param spelled {@code path} as the program wrote it, when that differs
   * @param identity of {@code path}, when it exists
   * @param otherIdentity of {@code otherPath}, when it exists
   * @param openFlags flags of open, 0 for other calls
   * @param mode permission bits of a creation or chmod, 0 otherwise
   */
  record FileAccess(
      OperationKind kind,
      String call,
      String path,
      Optional<String> otherPath,
      Optional<String> spelled,
      Optional<FileIdentity> identity,
      Optional<FileIdentity> otherIdentity,
      int openFlags,
      int mode)
      implements Operation {}

  /**
   * A connection or a listening address.
   *
   * @param kind CONNECT or BIND
   * @param host numeric address, or empty for a Unix socket
   * @param port 0 to 65535, or 0 for a Unix socket
   * @param unixPath path of a Unix socket; an abstract name starts with {@code @}
   */
  record SocketAccess(OperationKind kind, String host, int port, Optional<String> unixPath)
      implements Operation {}

  /**
   * A signal.
   *
   * @param target pid as the kernel takes it: 0, -1 and negative groups included
   * @param signal signal number
   */
  record Signal(int target, int signal) implements Operation {
    @Override
    public OperationKind kind() {
      return OperationKind.SIGNAL;
    }
  }

  /**
   * A change to the system or to another process that is none of the above.
   *
   * @param kind TRACE, MOUNT or SYSTEM
   * @param call name of the system call
   * @param path what it is about, when that is a path
   * @param target pid it is about, or 0
   */
  record SystemCall(OperationKind kind, String call, Optional<String> path, int target)
      implements Operation {}
}
