package dev.aegis.policy;

import dev.aegis.operation.Coverage;
import dev.aegis.operation.FileIdentity;
import dev.aegis.operation.Operation;
import dev.aegis.operation.Operation.Execute;
import dev.aegis.operation.Operation.FileAccess;
import dev.aegis.operation.OperationKind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Short ways to write operations in tests. */
public final class Operations {
  private static final FileIdentity PROGRAM =
      new FileIdentity(1, 2, 3, Instant.EPOCH, Instant.EPOCH, 0100755, 1, 0, 0);

  private Operations() {}

  public static FileAccess read(String path) {
    return file(OperationKind.READ_FILE, "openat", path, Optional.empty(), 0, 0);
  }

  public static FileAccess write(String path) {
    return file(OperationKind.WRITE_FILE, "openat", path, Optional.empty(), 01101, 0644);
  }

  public static FileAccess readWrite(String path) {
    return file(OperationKind.WRITE_FILE, "openat", path, Optional.empty(), 2, 0);
  }

  public static FileAccess delete(String path) {
    return file(OperationKind.DELETE_FILE, "unlinkat", path, Optional.empty(), 0, 0);
  }

  public static FileAccess move(String from, String to) {
    return file(OperationKind.MOVE_FILE, "renameat2", from, Optional.of(to), 0, 0);
  }

  public static FileAccess hardLink(String source, String name) {
    return file(OperationKind.WRITE_FILE, "linkat", name, Optional.of(source), 0, 0);
  }

  public static FileAccess mkdir(String path) {
    return file(OperationKind.WRITE_FILE, "mkdirat", path, Optional.empty(), 0, 0755);
  }

  public static FileAccess chmod(String path, int mode) {
    return file(OperationKind.CHANGE_MODE, "fchmodat", path, Optional.empty(), 0, mode);
  }

  public static Operation connect(String host, int port) {
    return new Operation.SocketAccess(OperationKind.CONNECT, host, port, Optional.empty());
  }

  public static Operation connect(String socket) {
    return new Operation.SocketAccess(OperationKind.CONNECT, "", 0, Optional.of(socket));
  }

  public static Execute execute(String... argv) {
    return execute(ScriptedSurroundings.WORKSPACE, Coverage.LIBC, 0, argv);
  }

  public static Execute execute(String cwd, Coverage coverage, int why, String... argv) {
    String path = argv[0].startsWith("/") ? argv[0] : "/usr/bin/" + argv[0];
    return new Execute(
        path, Optional.empty(), List.of(argv), cwd, List.of(), PROGRAM, coverage, why, false);
  }

  private static FileAccess file(
      OperationKind kind, String call, String path, Optional<String> other, int flags, int mode) {
    return new FileAccess(
        kind, call, path, other, Optional.empty(), Optional.empty(), Optional.empty(), flags, mode);
  }
}
