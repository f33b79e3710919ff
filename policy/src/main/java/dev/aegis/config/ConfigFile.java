package dev.aegis.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Change single keys of a config.toml and leave every other line, comments included, as it is. */
public final class ConfigFile {

  private static final Pattern HEADER = Pattern.compile("\\s*\\[([^\\[\\]]+)\\]\\s*(#.*)?");
  private static final Pattern COMMENT =
      Pattern.compile("^(?:[^\"'#]|\"(?:[^\"\\\\]|\\\\.)*\"|'[^']*')*?(\\s*#.*)$");

  private final Path file;

  /** The config.toml at a path; it need not exist. */
  public ConfigFile(Path file) {
    this.file = file;
  }

  /**
   * Set one key.
   *
   * @param text the value as a person writes it: {@code 60}, {@code deny}, {@code 1,2}
   * @throws ConfigException when the key is unknown, the value not legal, or the file broken
   */
  public void set(String key, String text) throws ConfigException, IOException {
    Setting setting =
        Setting.ofKey(key)
            .orElseThrow(() -> new ConfigException(ConfigLoader.unknown(key, Setting.keys())));
    Object value;
    try {
      value = setting.kind().fromText(text);
    } catch (ValueKind.UnexpectedValue e) {
      throw new ConfigException(key + ": " + e.getMessage());
    }
    String before = Files.exists(file) ? Files.readString(file) : "";
    ConfigLoader.parse(file, before);
    String after = replaced(before, key, setting.kind().toToml(value));
    if (!says(after, setting, value)) {
      throw new ConfigException(
          "%s: %s stands in a form that cannot be changed line by line; edit the file"
              .formatted(file, key));
    }
    OwnerOnly.write(Files.exists(file) ? file.toRealPath() : file, after);
  }

  private boolean says(String text, Setting setting, Object value) {
    try {
      LoadedConfig.Value written = ConfigLoader.parse(file, text).get(setting);
      return written != null && written.value().equals(value);
    } catch (ConfigException e) {
      return false;
    }
  }

  private static String replaced(String before, String key, String value) {
    String section = key.substring(0, key.indexOf('.'));
    String name = key.substring(key.indexOf('.') + 1);
    List<String> lines = new ArrayList<>(before.lines().toList());
    Pattern assignment = Pattern.compile("\\s*[\"']?" + Pattern.quote(name) + "[\"']?\\s*=.*");
    String current = "";
    int endOfSection = -1;
    for (int i = 0; i < lines.size(); i++) {
      Matcher header = HEADER.matcher(lines.get(i));
      if (header.matches()) {
        current = header.group(1).strip();
      }
      if (current.equals(section)) {
        if (assignment.matcher(lines.get(i)).matches()) {
          lines.set(i, name + " = " + value + commentOf(lines.get(i)));
          return join(lines);
        }
        if (!lines.get(i).isBlank()) {
          endOfSection = i + 1;
        }
      }
    }
    if (endOfSection < 0) {
      if (!lines.isEmpty()) {
        lines.add("");
      }
      lines.add("[" + section + "]");
      endOfSection = lines.size();
    }
    lines.add(endOfSection, name + " = " + value);
    return join(lines);
  }

  private static String commentOf(String line) {
    Matcher comment = COMMENT.matcher(line);
    return comment.matches() ? comment.group(1) : "";
  }

  private static String join(List<String> lines) {
    return String.join("\n", lines) + "\n";
  }
}
