package dev.aegis.daemon.core;

import dev.aegis.config.ConfigException;
import dev.aegis.config.Setting;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the starter says on the daemon's command line.
 *
 * @param home AEGIS_HOME when the environment does not say it
 * @param foreground true to stay in the terminal it was started in
 * @param flags settings that override the configuration
 */
record DaemonOptions(Optional<String> home, boolean foreground, Map<Setting, String> flags) {

  private static final Map<String, Setting> SETTINGS =
      Map.of("--port", Setting.DAEMON_PORT, "--log-level", Setting.LOGGING_LEVEL);

  static DaemonOptions parse(List<String> arguments) throws ConfigException {
    Optional<String> home = Optional.empty();
    boolean foreground = false;
    Map<Setting, String> flags = new EnumMap<>(Setting.class);
    Deque<String> rest = new ArrayDeque<>(arguments);
    while (!rest.isEmpty()) {
      String flag = rest.pop();
      if (flag.equals("--foreground")) {
        foreground = true;
      } else if (flag.equals("--home")) {
        home = Optional.of(value(flag, rest));
      } else if (SETTINGS.containsKey(flag)) {
        flags.put(SETTINGS.get(flag), value(flag, rest));
      } else {
        throw new ConfigException(
            "unknown argument \""
                + flag
                + "\": expected --home DIR, --foreground, --port PORT or --log-level LEVEL");
      }
    }
    return new DaemonOptions(home, foreground, flags);
  }

  private static String value(String flag, Deque<String> rest) throws ConfigException {
    if (rest.isEmpty()) {
      throw new ConfigException(flag + " needs a value");
    }
    return rest.pop();
  }
}
