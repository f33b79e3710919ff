package dev.aegis.daemon.intercept;

import dev.aegis.daemon.kernel.KernelFiles;
import dev.aegis.daemon.kernel.LoadedProgram;
import dev.aegis.daemon.kernel.ProcessFacts;
import dev.aegis.operation.DeclaredCoverage;
import java.util.List;
import java.util.Optional;

/**
 * What processes run, as the kernel shows it. Several of the kernel's files are read for one
 * answer; it counts only if the process ran the same before and after.
 */
final class RunningImages {

  private static final int MOST_LOOKS = 8;

  private final Optional<FileKey> loader;

  /**
   * Look with a loader in mind.
   *
   * @param loader the file in which programs run that are then what the process runs
   */
  RunningImages(Optional<FileKey> loader) {
    this.loader = loader;
  }

  /** Look at a process; empty when it has ended, be it while it was looked at. */
  Optional<Image> of(int pid) {
    Optional<Image> seen = Optional.empty();
    Optional<FileKey> before = file(pid);
    for (int look = 0; look < MOST_LOOKS && before.isPresent(); look++) {
      seen = Optional.of(look(pid, before.get()));
      Optional<FileKey> after = file(pid);
      if (after.equals(before)) {
        return seen;
      }
      before = after;
    }
    return before.isPresent() ? seen : Optional.empty();
  }

  private static Optional<FileKey> file(int pid) {
    return ProcessFacts.executableIdentity(pid).map(FileKey::of);
  }

  private Image look(int pid, FileKey executable) {
    return loader
        .filter(executable::equals)
        .flatMap(file -> LoadedProgram.of(pid))
        .map(program -> undeclared(FileKey.of(program), program.path()))
        .orElseGet(() -> undeclared(executable, ProcessFacts.executable(pid).orElse("(unknown)")));
  }

  private static Image undeclared(FileKey file, String program) {
    return new Image(file, program, DeclaredCoverage.UNDECLARED, Optional.empty());
  }

  /**
   * Return the script that a process began with. Of one that nobody decided its command line is all
   * there is to know that by.
   */
  static Optional<String> script(int pid) {
    List<String> arguments = ProcessFacts.commandLine(pid);
    return arguments.stream()
        .skip(1)
        .limit(1)
        .filter(word -> word.startsWith("/"))
        .filter(word -> KernelFiles.identifyTarget(word).isPresent())
        .findFirst();
  }
}
