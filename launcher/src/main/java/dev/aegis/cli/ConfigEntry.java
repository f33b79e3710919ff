package dev.aegis.cli;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.aegis.config.LoadedConfig;
import dev.aegis.config.Setting;
import dev.aegis.config.Spelling;
import java.util.Optional;

/**
 * One key of the configuration as it is shown.
 *
 * @param key dotted name
 * @param value a text, a number or a list of numbers; null for a secret that is set
 * @param origin where the value comes from
 */
record ConfigEntry(String key, Object value, String origin) {

  /**
   * Find a key by name.
   *
   * @throws CliException naming the nearest known key
   */
  static ConfigEntry named(String key, LoadedConfig config) throws CliException {
    return of(known(key), config);
  }

  static ConfigEntry of(Setting setting, LoadedConfig config) {
    LoadedConfig.Value value = config.get(setting);
    boolean hidden = setting.isSecret() && !value.value().equals("");
    return new ConfigEntry(setting.key(), hidden ? null : value.value(), value.origin());
  }

  private static Setting known(String key) throws CliException {
    Optional<Setting> setting = Setting.ofKey(key);
    if (setting.isPresent()) {
      return setting.get();
    }
    Optional<String> nearest = Spelling.nearest(key, Setting.keys());
    throw new CliException(
        ExitCode.CONFIGURATION,
        "unknown key \"%s\": %s"
            .formatted(
                key,
                nearest.isPresent()
                    ? "did you mean \"" + nearest.get() + "\"?"
                    : "see aegis config list"));
  }

  /** Return the value as a person reads it. */
  @JsonIgnore
  String text() {
    return value == null ? "(hidden)" : value.toString();
  }
}
