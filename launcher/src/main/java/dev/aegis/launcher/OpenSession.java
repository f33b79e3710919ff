package dev.aegis.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aegis.operation.Floor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A session that the daemon opened.
 *
 * @param id its name
 * @param directory where its socket and page are
 * @param environment variables that the wrapped program must have
 * @param notices what the user should know before it starts
 */
record OpenSession(
    String id, Path directory, Map<String, String> environment, List<String> notices) {

  /**
   * Opens a session.
   *
   * @param argv the program's command line, its name first
   */
  static OpenSession open(
      ControlClient client,
      WrapRequest request,
      List<String> argv,
      boolean terminal,
      Distribution distribution,
      Floor floor)
      throws ControlException {
    Map<String, Object> arguments = new LinkedHashMap<>();
    arguments.put("wrapped", name(request.tool()));
    arguments.put("argv", argv);
    arguments.put("cwd", workingDirectory().toString());
    arguments.put(
        "workspaces",
        request.workspaces().stream()
            .map(workspace -> workingDirectory().resolve(workspace).normalize().toString())
            .toList());
    arguments.put("terminal", terminal);
    arguments.put("dry_run", request.dryRun());
    request.timeoutSeconds().ifPresent(seconds -> arguments.put("timeout_seconds", seconds));
    request.logLevel().ifPresent(level -> arguments.put("log_level", level));
    arguments.put("library", distribution.library().toString());
    arguments.put("gate", distribution.gate().toString());
    arguments.put("distribution", distribution.directory().toString());
    distribution.loader().ifPresent(loader -> arguments.put("loader", loader.toString()));
    arguments.put("supervision", request.supervision().label());
    arguments.put("floor", floor.label());
    return read(client.call("session.open", arguments));
  }

  private static OpenSession read(JsonNode result) throws ControlException {
    Map<String, String> environment = new LinkedHashMap<>();
    result
        .path("environment")
        .properties()
        .forEach(entry -> environment.put(entry.getKey(), entry.getValue().asText()));
    String id = result.path("session").asText("");
    String directory = result.path("directory").asText("");
    if (id.isEmpty() || !directory.startsWith("/") || environment.isEmpty()) {
      throw new ControlException(
          ControlException.GENERAL,
          "the daemon opened no usable session: it speaks another version; aegis stop, then again");
    }
    List<String> notices = new ArrayList<>();
    result.path("notices").forEach(notice -> notices.add(notice.asText()));
    return new OpenSession(id, Path.of(directory), environment, notices);
  }

  private static String name(String tool) {
    Path file = Path.of(tool).getFileName();
    return file == null ? tool : file.toString();
  }

  private static Path workingDirectory() {
    return Path.of("").toAbsolutePath();
  }
}
