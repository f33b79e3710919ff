package dev.aegis.config;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.tomlj.Toml;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;

/** Read the configuration: defaults, then config.toml, then AEGIS_* variables, then flags. */
public final class ConfigLoader {

  private static final String TOML_BREAKS_OVER =
      "cannot be read as TOML; look for a table { … } or a list [ … ] that is not closed";

  private final AegisHome home;
  private final Map<String, String> environment;

  /**
   * A loader for one home.
   *
   * @param environment variables by name
   */
  public ConfigLoader(AegisHome home, Map<String, String> environment) {
    this.home = home;
    this.environment = Map.copyOf(environment);
  }

  /** Load without flags. */
  public LoadedConfig load() throws ConfigException {
    return load(Map.of());
  }

  /**
   * Load everything.
   *
   * @param flags what the command line sets, as text
   * @throws ConfigException naming file, line and column, variable or flag
   */
  public LoadedConfig load(Map<Setting, String> flags) throws ConfigException {
    Map<Setting, LoadedConfig.Value> values = new EnumMap<>(Setting.class);
    for (Setting setting : Setting.values()) {
      values.put(setting, new LoadedConfig.Value(setting.standard(), "default"));
    }
    values.putAll(fromFile(home.configFile()));
    values.putAll(fromEnvironment());
    for (Map.Entry<Setting, String> flag : flags.entrySet()) {
      String origin = "flag for " + flag.getKey().key();
      values.put(flag.getKey(), fromText(flag.getKey(), flag.getValue(), origin));
    }
    return new LoadedConfig(home, values);
  }

  private static Map<Setting, LoadedConfig.Value> fromFile(Path file) throws ConfigException {
    try {
      return parse(file, Files.readString(file));
    } catch (NoSuchFileException e) {
      return Map.of();
    } catch (AccessDeniedException e) {
      throw new ConfigException(
          ConfigException.PERMISSION, "cannot read " + file + ": " + FileTrouble.of(e));
    } catch (IOException e) {
      throw new ConfigException("cannot read " + file + ": " + FileTrouble.of(e));
    }
  }

  /** Read the text of a config.toml; {@code file} is for messages only. */
  static Map<Setting, LoadedConfig.Value> parse(Path file, String text) throws ConfigException {
    TomlParseResult toml;
    try {
      toml = Toml.parse(text);
    } catch (NullPointerException e) {
      // The library itself breaks over some texts.
      throw new ConfigException(file + ":1:1: " + TOML_BREAKS_OVER);
    }
    if (toml.hasErrors()) {
      TomlParseError first = toml.errors().get(0);
      throw new ConfigException(at(file, first.position()) + first.getMessage());
    }
    Map<Setting, LoadedConfig.Value> values = new EnumMap<>(Setting.class);
    for (List<String> path : toml.keyPathSet(true)) {
      String key = String.join(".", path);
      String where = at(file, toml.inputPositionOf(path));
      if (toml.isTable(path)) {
        refuseUnknownSection(key, where);
        continue;
      }
      Setting setting =
          Setting.ofKey(key)
              .orElseThrow(() -> new ConfigException(where + unknown(key, Setting.keys())));
      try {
        values.put(
            setting,
            new LoadedConfig.Value(setting.kind().fromToml(toml.get(path)), file.toString()));
      } catch (ValueKind.UnexpectedValue e) {
        throw new ConfigException(where + key + ": " + e.getMessage());
      }
    }
    return values;
  }

  private static void refuseUnknownSection(String name, String where) throws ConfigException {
    if (!sections().contains(name)) {
      throw new ConfigException(where + unknown(name, sections()));
    }
  }

  private static List<String> sections() {
    return Setting.keys().stream().flatMap(ConfigLoader::sectionsOf).distinct().toList();
  }

  /* approvals.min_role.high stands in the sections approvals and approvals.min_role. */
  private static Stream<String> sectionsOf(String key) {
    return IntStream.range(0, key.length())
        .filter(index -> key.charAt(index) == '.')
        .mapToObj(index -> key.substring(0, index));
  }

  private Map<Setting, LoadedConfig.Value> fromEnvironment() throws ConfigException {
    Map<Setting, LoadedConfig.Value> values = new EnumMap<>(Setting.class);
    for (Setting setting : Setting.values()) {
      String text = environment.get(setting.variable());
      if (text != null) {
        values.put(setting, fromText(setting, text, setting.variable()));
      }
    }
    refuseMisspelledVariables();
    return values;
  }

  /* A variable that names a section but no key of it is a typing error, and a silent one otherwise. */
  private void refuseMisspelledVariables() throws ConfigException {
    List<String> known = new ArrayList<>();
    for (Setting setting : Setting.values()) {
      known.add(setting.variable());
    }
    for (String name : environment.keySet().stream().sorted().toList()) {
      boolean ofSection =
          sections().stream()
              .anyMatch(
                  section ->
                      name.startsWith(
                          "AEGIS_" + section.toUpperCase(Locale.ROOT).replace('.', '_') + "_"));
      if (ofSection && !known.contains(name)) {
        throw new ConfigException("environment: " + unknown(name, known));
      }
    }
  }

  private static LoadedConfig.Value fromText(Setting setting, String text, String origin)
      throws ConfigException {
    try {
      return new LoadedConfig.Value(setting.kind().fromText(text), origin);
    } catch (ValueKind.UnexpectedValue e) {
      throw new ConfigException(origin + ": " + e.getMessage());
    }
  }

  static String unknown(String name, List<String> known) {
    Optional<String> nearest = Spelling.nearest(name, known);
    return "unknown key \"%s\"%s"
        .formatted(
            name,
            nearest.isPresent()
                ? ": did you mean \"" + nearest.get() + "\"?"
                : ": expected one of " + String.join(", ", known));
  }

  private static String at(Path file, TomlPosition position) {
    return position == null
        ? file + ": "
        : "%s:%d:%d: ".formatted(file, position.line(), position.column());
  }
}
