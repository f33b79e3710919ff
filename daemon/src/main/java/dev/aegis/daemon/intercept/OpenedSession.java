package dev.aegis.daemon.intercept;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A session that is ready for its starter.
 *
 * @param id at most 24 characters
 * @param directory holds the socket and the page
 * @param environment variables that the starter must set for the wrapped program
 * @param workspaces real paths, possibly none
 * @param notices what the user should be told before the program starts
 */
public record OpenedSession(
    String id,
    Path directory,
    Map<String, String> environment,
    List<Path> workspaces,
    List<String> notices) {
  public OpenedSession {
    environment = Map.copyOf(environment);
    workspaces = List.copyOf(workspaces);
    notices = List.copyOf(notices);
  }
}
