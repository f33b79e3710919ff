package dev.aegis.daemon.guest;

import dev.aegis.daemon.kernel.KernelFiles;
import dev.aegis.operation.Coverage;
import dev.aegis.operation.FileIdentity;
import dev.aegis.operation.Operation;
import dev.aegis.operation.OperationKind;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What guests ask about, with the identities that the kernel would give. */
public final class Operations {

  private Operations() {}

  public static Operation delete(Path path) {
    return access(OperationKind.DELETE_FILE, "unlinkat", path, Optional.empty());
  }

  public static Operation write(Path path) {
    return access(OperationKind.WRITE_FILE, "openat", path, Optional.empty());
  }

  public static Operation read(Path path) {
    return access(OperationKind.READ_FILE, "openat", path, Optional.empty());
  }

  public static Operation rename(Path from, Path to) {
    return access(OperationKind.MOVE_FILE, "renameat2", from, Optional.of(to));
  }

  private static Operation access(
      OperationKind kind, String call, Path path, Optional<Path> other) {
    return new Operation.FileAccess(
        kind,
        call,
        path.toString(),
        other.map(Path::toString),
        Optional.empty(),
        KernelFiles.identify(path.toString()),
        other.flatMap(to -> KernelFiles.identify(to.toString())),
        0,
        0);
  }

  public static Operation.Execute execute(Path program, Path cwd, String... argv) {
    return execute(program, cwd, false, argv);
  }

  public static Operation.Execute execute(Path program, Path cwd, boolean spawned, String... argv) {
    FileIdentity identity = KernelFiles.identifyTarget(program.toString()).orElseThrow();
    return new Operation.Execute(
        program.toString(),
        Optional.empty(),
        List.of(argv),
        cwd.toString(),
        List.of(),
        identity,
        Coverage.LIBC,
        0,
        spawned);
  }
}
