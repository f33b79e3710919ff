package dev.aegis.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

/**
 * What a known agent is started with, so that it works inside its session and hands nothing to a
 * daemon of its own outside; read from {@code agents.toml}.
 *
 * @param arguments put before the user's own
 * @param environment variables that the user has not set otherwise
 */
record AgentOptions(List<String> arguments, Map<String, String> environment) {

  private static final AgentOptions NONE = new AgentOptions(List.of(), Map.of());

  /**
   * Find them.
   *
   * @param tool the wrapped program as typed
   * @param set the user's environment
   */
  static AgentOptions of(String tool, Map<String, String> set) {
    Path file = Path.of(tool).getFileName();
    TomlArray agents = read().getArrayOrEmpty("agent");
    for (int i = 0; i < agents.size(); i++) {
      TomlTable agent = agents.getTable(i);
      if (file != null && agent.getArrayOrEmpty("names").toList().contains(file.toString())) {
        return of(agent, set);
      }
    }
    return NONE;
  }

  private static AgentOptions of(TomlTable agent, Map<String, String> set) {
    TomlTable variables = agent.getTableOrEmpty("environment");
    Map<String, String> environment = new LinkedHashMap<>();
    for (String name : variables.keySet()) {
      if (!set.containsKey(name)) {
        environment.put(name, variables.getString(name));
      }
    }
    return new AgentOptions(
        agent.getArrayOrEmpty("arguments").toList().stream().map(String.class::cast).toList(),
        environment);
  }

  private static TomlParseResult read() {
    try (InputStream in = AgentOptions.class.getResourceAsStream("agents.toml")) {
      TomlParseResult toml = Toml.parse(in);
      if (toml.hasErrors()) {
        throw new IllegalStateException("agents.toml: " + toml.errors().get(0));
      }
      return toml;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
