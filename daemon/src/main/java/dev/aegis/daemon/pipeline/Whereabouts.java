package dev.aegis.daemon.pipeline;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Where the user's things are.
 *
 * @param home the user's home directory, real path
 * @param user login name
 * @param scratch temporary and cache directories, real paths
 */
public record Whereabouts(Path home, String user, List<Path> scratch) {

  /* Where a wrapped program keeps its own state and login, below the home directory. */
  private static final Map<String, List<String>> OWN_STATE =
      Map.of(
          "claude", List.of(".claude", ".claude.json", ".config/claude", ".local/share/claude"),
          "codex", List.of(".codex"),
          "gemini", List.of(".gemini"),
          "opencode",
              List.of(
                  ".opencode",
                  ".config/opencode",
                  ".local/share/opencode",
                  ".local/share/opentui",
                  ".local/state/opencode",
                  ".cache/opencode"),
          "cline", List.of(".cline"),
          "copilot", List.of(".copilot", ".config/github-copilot"),
          "qwen", List.of(".qwen"),
          "cn", List.of(".continue"),
          "auggie", List.of(".augment"),
          "aider", List.of(".aider"));

  public Whereabouts {
    scratch = List.copyOf(scratch);
  }

  List<Path> ownState(String wrapped) {
    return OWN_STATE.getOrDefault(wrapped, List.of()).stream().map(home::resolve).toList();
  }
}
