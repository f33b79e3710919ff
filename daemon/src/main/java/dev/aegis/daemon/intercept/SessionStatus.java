package dev.aegis.daemon.intercept;

import dev.aegis.operation.Coverage;
import dev.aegis.operation.CoverageReason;
import dev.aegis.operation.Floor;
import dev.aegis.operation.Supervision;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * One open session as {@code aegis status} shows it.
 *
 * @param processes what is known to run in it, oldest first
 */
public record SessionStatus(
    String id,
    String wrapped,
    List<String> argv,
    Path cwd,
    List<Path> workspaces,
    Instant startedAt,
    boolean dryRun,
    Supervision supervision,
    Floor floor,
    SessionSummary counts,
    List<SupervisedProcess> processes) {
  public SessionStatus {
    argv = List.copyOf(argv);
    workspaces = List.copyOf(workspaces);
    processes = List.copyOf(processes);
  }

  /**
   * One supervised process.
   *
   * @param program real path of its executable
   * @param coverage how well it is supervised
   * @param coverageReason what about it makes it so
   * @param escaped true when it runs another program than was decided, and everything is denied
   */
  public record SupervisedProcess(
      int pid,
      int parent,
      String program,
      Coverage coverage,
      CoverageReason coverageReason,
      boolean escaped) {}
}
