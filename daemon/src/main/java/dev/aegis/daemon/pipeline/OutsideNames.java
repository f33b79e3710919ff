package dev.aegis.daemon.pipeline;

import dev.aegis.daemon.intercept.ProcessView;
import dev.aegis.daemon.intercept.Session;
import dev.aegis.operation.Operation;
import dev.aegis.operation.Operation.FileAccess;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * An operation in the names that files have outside the mounts of the process that asks: a sandbox
 * gives them others, and rules are about files.
 *
 * @param names those that were put in the place of the process's own
 */
record OutsideNames(Operation operation, Set<String> names) {

  static OutsideNames of(Session session, ProcessView process, Operation operation) {
    if (!(operation instanceof FileAccess access)) {
      return new OutsideNames(operation, Set.of());
    }
    int pid = process.key().pid();
    Optional<String> path = session.nameOutside(pid, access.path());
    Optional<String> other =
        access
            .otherPath()
            .filter(name -> name.startsWith("/") && !access.call().startsWith("symlink"))
            .flatMap(name -> session.nameOutside(pid, name));
    if (path.isEmpty() && other.isEmpty()) {
      return new OutsideNames(operation, Set.of());
    }
    Set<String> names = new HashSet<>();
    path.ifPresent(names::add);
    other.ifPresent(names::add);
    return new OutsideNames(
        new FileAccess(
            access.kind(),
            access.call(),
            path.orElse(access.path()),
            other.or(access::otherPath),
            access.spelled().or(() -> path.map(name -> access.path())),
            access.identity(),
            access.otherIdentity(),
            access.openFlags(),
            access.mode()),
        Set.copyOf(names));
  }
}
