package dev.aegis.daemon.pipeline;

import dev.aegis.daemon.kernel.KernelFiles;
import dev.aegis.operation.FileIdentity;
import dev.aegis.operation.Operation.Execute;
import java.util.Optional;

/** Asks the kernel which file a process is about to run; its own word is only compared. */
final class ExecutableCheck {

  private ExecutableCheck() {}

  /**
   * Look at the file that the kernel would run.
   *
   * @return its identity, or empty when the program is not the file that was named
   */
  static Optional<FileIdentity> of(Execute execute, int pid) {
    Optional<FileIdentity> named = look(execute.path());
    if (named.isEmpty() || !same(named.get(), execute.identity())) {
      named = look("/proc/" + pid + "/root" + execute.path());
    }
    if (named.isEmpty() || !same(named.get(), execute.identity())) {
      return Optional.empty();
    }
    if (execute.interpreter().isEmpty()) {
      return named;
    }
    String interpreter = execute.interpreter().get();
    Optional<FileIdentity> inOwnRoot = look("/proc/" + pid + "/root" + interpreter);
    return inOwnRoot.isPresent() ? inOwnRoot : look(interpreter);
  }

  private static Optional<FileIdentity> look(String path) {
    return KernelFiles.identifyTarget(path);
  }

  private static boolean same(FileIdentity a, FileIdentity b) {
    return a.device() == b.device() && a.inode() == b.inode();
  }
}
