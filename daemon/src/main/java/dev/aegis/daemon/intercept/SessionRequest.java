package dev.aegis.daemon.intercept;

import dev.aegis.operation.Floor;
import dev.aegis.operation.Supervision;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What {@code aegis wrap} asks for.
 *
 * @param wrapped name of the wrapped program, such as {@code claude}
 * @param argv its command line
 * @param cwd directory it starts in
 * @param workspaces directories the user named; empty to find the workspace from {@code cwd}
 * @param terminal true when it runs in a terminal that can show questions
 * @param dryRun true when everything that would ask counts as denied and is collected
 * @param timeout how long an approval waits, when not as configured
 * @param library the preloaded library
 * @param gate the gate
 * @param distribution directory of the installed distribution
 * @param loader the loader; empty when nothing is to run in it
 * @param supervision how closely the session is to be watched
 * @param floor what the kernel refuses it
 */
public record SessionRequest(
    String wrapped,
    List<String> argv,
    Path cwd,
    List<Path> workspaces,
    boolean terminal,
    boolean dryRun,
    Optional<Duration> timeout,
    Path library,
    Path gate,
    Path distribution,
    Optional<Path> loader,
    Supervision supervision,
    Floor floor) {
  public SessionRequest {
    argv = List.copyOf(argv);
    workspaces = List.copyOf(workspaces);
  }
}
