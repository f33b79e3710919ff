package dev.aegis.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One key of config.toml: its name, what values it takes, and what holds when nobody sets it. */
@SuppressWarnings("ImmutableEnumChecker") // strings, numbers, List.of and a record of these
public enum Setting {
  TELEGRAM_BOT_TOKEN("telegram.bot_token", ValueKind.text(), ""),
  TELEGRAM_ALLOWED_USERS("telegram.allowed_users", ValueKind.numbers(), List.of()),
  APPROVALS_TIMEOUT_SECONDS("approvals.timeout_seconds", ValueKind.number(1, 604_800), 300L),
  APPROVALS_DEFAULT_ACTION(
      "approvals.default_action", ValueKind.word(AegisConfig.DefaultAction.class), "deny"),
  POLICY_PATH("policy.path", ValueKind.path(), "policy.toml"),
  DAEMON_PORT("daemon.port", ValueKind.number(0, 65_535), 39_000L),
  LOGGING_LEVEL("logging.level", ValueKind.word(AegisConfig.LogLevel.class), "INFO"),
  LOGGING_FORMAT("logging.format", ValueKind.word(AegisConfig.LogFormat.class), "text"),
  DATABASE_PATH("database.path", ValueKind.path(), "aegis.db"),
  SESSIONS_ON_LAUNCHER_DEATH(
      "sessions.on_launcher_death", ValueKind.word(AegisConfig.Fate.class), "end"),
  SESSIONS_LEFTOVERS("sessions.leftovers", ValueKind.word(AegisConfig.Fate.class), "keep");

  private final String key;
  private final ValueKind kind;
  private final Object standard;

  Setting(String key, ValueKind kind, Object standard) {
    this.key = key;
    this.kind = kind;
    this.standard = standard;
  }

  /** Return the dotted name, such as {@code approvals.timeout_seconds}. */
  public String key() {
    return key;
  }

  /** Return the variable that overrides config.toml. */
  public String variable() {
    return "AEGIS_" + key.replace('.', '_').toUpperCase(Locale.ROOT);
  }

  /** Return the value that holds when nobody sets this: a String, a Long or a List of Long. */
  public Object standard() {
    return standard;
  }

  /** True when the value must not be shown. */
  public boolean isSecret() {
    return this == TELEGRAM_BOT_TOKEN;
  }

  /** Return what values this takes. */
  public ValueKind kind() {
    return kind;
  }

  /** Find the setting of a dotted name. */
  public static Optional<Setting> ofKey(String key) {
    return Arrays.stream(values()).filter(setting -> setting.key.equals(key)).findFirst();
  }

  /** Return all dotted names, in the order of the reference. */
  public static List<String> keys() {
    return Arrays.stream(values()).map(Setting::key).toList();
  }
}
