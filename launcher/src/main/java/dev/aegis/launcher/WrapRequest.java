package dev.aegis.launcher;

import dev.aegis.operation.Supervision;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the user asked of {@code aegis wrap}.
 *
 * @param tool the wrapped program as typed: a name looked up on PATH, or a path
 * @param args its arguments, without its own name
 * @param dryRun whether what would ask counts as denied and is listed at the end
 * @param timeoutSeconds how long an approval may wait, in seconds, when not as configured
 * @param logLevel DEBUG, INFO, WARNING or ERROR, when not as configured
 * @param supervision how closely the session is watched
 * @param workspaces directories given with {@code --workspace}; empty means found by the daemon
 */
public record WrapRequest(
    String tool,
    List<String> args,
    boolean dryRun,
    OptionalInt timeoutSeconds,
    Optional<String> logLevel,
    Supervision supervision,
    List<Path> workspaces) {

  /** Copies the lists and refuses nulls. */
  public WrapRequest {
    Objects.requireNonNull(tool, "tool");
    Objects.requireNonNull(timeoutSeconds, "timeoutSeconds");
    Objects.requireNonNull(logLevel, "logLevel");
    Objects.requireNonNull(supervision, "supervision");
    args = List.copyOf(args);
    workspaces = List.copyOf(workspaces);
  }
}
