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
  TELEGRAM_ADMINS("telegram.admins", ValueKind.numbers(), List.of()),
  TELEGRAM_VIEWERS("telegram.viewers", ValueKind.numbers(), List.of()),
  TELEGRAM_CHATS(
      "telegram.chats",
      ValueKind.texts(
          "a list of group ids, each with /TOPIC when it is one topic of a forum, such as"
              + " [\"-1001234567890/5\"]",
          "-[0-9]{1,18}(/[0-9]{1,9})?"),
      List.of()),
  TELEGRAM_API_URL(
      "telegram.api_url",
      ValueKind.text(
          "scheme, host and port of a Bot API server, such as \"https://bots.example.org:8443\"",
          "https?://([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+\\])(:[0-9]{1,5})?/?"),
      "https://api.telegram.org"),
  TELEGRAM_DENY_REASON_SECONDS("telegram.deny_reason_seconds", ValueKind.number(0, 120), 20L),
  WHATSAPP_ACCESS_TOKEN("whatsapp.access_token", ValueKind.text(), ""),
  WHATSAPP_PHONE_NUMBER_ID(
      "whatsapp.phone_number_id",
      ValueKind.text("the id of a business number, such as \"106540352242922\"", "[0-9]*"),
      ""),
  WHATSAPP_APP_SECRET("whatsapp.app_secret", ValueKind.text(), ""),
  WHATSAPP_VERIFY_TOKEN("whatsapp.verify_token", ValueKind.text(), ""),
  WHATSAPP_ALLOWED_NUMBERS("whatsapp.allowed_numbers", ValueKind.numbers(), List.of()),
  WHATSAPP_ADMINS("whatsapp.admins", ValueKind.numbers(), List.of()),
  WHATSAPP_VIEWERS("whatsapp.viewers", ValueKind.numbers(), List.of()),
  WHATSAPP_WEBHOOK_PORT("whatsapp.webhook_port", ValueKind.number(0, 65_535), 39_001L),
  WHATSAPP_API_URL(
      "whatsapp.api_url",
      ValueKind.text(
          "address of the Cloud API with its version, such as \"https://graph.facebook.com/v23.0\"",
          "https?://([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+\\])(:[0-9]{1,5})?(/[A-Za-z0-9._-]+)*/?"),
      "https://graph.facebook.com/v23.0"),
  APPROVALS_TIMEOUT_SECONDS("approvals.timeout_seconds", ValueKind.number(1, 604_800), 300L),
  APPROVALS_DEFAULT_ACTION(
      "approvals.default_action", ValueKind.word(AegisConfig.DefaultAction.class), "deny"),
  APPROVALS_LOCAL_ROLE("approvals.local_role", ValueKind.word(Role.class), "admin"),
  APPROVALS_MIN_ROLE_LOW("approvals.min_role.low", ValueKind.word(Role.class), "approver"),
  APPROVALS_MIN_ROLE_MEDIUM("approvals.min_role.medium", ValueKind.word(Role.class), "approver"),
  APPROVALS_MIN_ROLE_HIGH("approvals.min_role.high", ValueKind.word(Role.class), "approver"),
  APPROVALS_MIN_ROLE_CRITICAL(
      "approvals.min_role.critical", ValueKind.word(Role.class), "approver"),
  APPROVALS_QUORUM("approvals.quorum", ValueKind.number(1, 10), 1L),
  APPROVALS_QUORUM_CATEGORIES(
      "approvals.quorum_categories",
      ValueKind.texts("a list of categories, such as [\"git.force_push\"]", "[a-z][a-z0-9_.]*"),
      List.of()),
  APPROVALS_OPEN_QUESTIONS("approvals.open_questions", ValueKind.number(1, 64), 5L),
  APPROVALS_QUIET_HOURS(
      "approvals.quiet_hours",
      ValueKind.text(
          "empty, or a local time span such as \"22:00-07:00\"",
          "(([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9])?"),
      ""),
  APPROVALS_QUIET_ACTION(
      "approvals.quiet_action", ValueKind.word(AegisConfig.QuietAction.class), "hold"),
  POLICY_PATH("policy.path", ValueKind.path(), "policy.toml"),
  DAEMON_PORT("daemon.port", ValueKind.number(0, 65_535), 39_000L),
  LOGGING_LEVEL("logging.level", ValueKind.word(AegisConfig.LogLevel.class), "INFO"),
  LOGGING_FORMAT("logging.format", ValueKind.word(AegisConfig.LogFormat.class), "text"),
  DATABASE_PATH("database.path", ValueKind.path(), "aegis.db"),
  AUDIT_ANCHOR_MINUTES("audit.anchor_minutes", ValueKind.number(0, 10_080), 60L),
  SESSIONS_ON_LAUNCHER_DEATH(
      "sessions.on_launcher_death", ValueKind.word(AegisConfig.Fate.class), "end"),
  SESSIONS_LEFTOVERS("sessions.leftovers", ValueKind.word(AegisConfig.Fate.class), "keep"),
  SESSIONS_FLOOR("sessions.floor", ValueKind.word(AegisConfig.FloorWish.class), "auto");

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

  /** Return the value that holds when nobody sets this: a String, a Long or a list of either. */
  public Object standard() {
    return standard;
  }

  /** True when the value must not be shown. */
  public boolean isSecret() {
    return switch (this) {
      case TELEGRAM_BOT_TOKEN, WHATSAPP_ACCESS_TOKEN, WHATSAPP_APP_SECRET, WHATSAPP_VERIFY_TOKEN ->
          true;
      default -> false;
    };
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
