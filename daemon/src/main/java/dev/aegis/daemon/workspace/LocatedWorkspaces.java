package dev.aegis.daemon.workspace;

import java.nio.file.Path;
import java.util.List;

/**
 * The workspaces of a session.
 *
 * @param paths real paths, possibly none
 * @param notices what the user should be told about them
 */
public record LocatedWorkspaces(List<Path> paths, List<String> notices) {
  public LocatedWorkspaces {
    paths = List.copyOf(paths);
    notices = List.copyOf(notices);
  }
}
