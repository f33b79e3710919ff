package dev.aegis.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Every setting with its value and where that came from.
 *
 * @param home the home that was read
 * @param values one value for every setting
 */
public record LoadedConfig(AegisHome home, Map<Setting, Value> values) {

  /**
   * A value and its origin.
   *
   * @param value a String, a Long or a list of either
   * @param origin for people: {@code default}, the variable, the flag, or the file
   */
  public record Value(Object value, String origin) {}

  public LoadedConfig {
    values = Map.copyOf(new EnumMap<>(values));
    if (values.size() != Setting.values().length) {
      throw new IllegalArgumentException("not every setting has a value");
    }
  }

  /** Return the value of one setting with its origin. */
  public Value get(Setting setting) {
    return values.get(setting);
  }

  /** Return all settings as one record. */
  public AegisConfig config() {
    return new AegisConfig(
        telegram(),
        whatsApp(),
        approvals(),
        path(Setting.POLICY_PATH),
        Math.toIntExact(number(Setting.DAEMON_PORT)),
        new AegisConfig.Logging(
            word(AegisConfig.LogLevel.class, Setting.LOGGING_LEVEL),
            word(AegisConfig.LogFormat.class, Setting.LOGGING_FORMAT)),
        path(Setting.DATABASE_PATH),
        new AegisConfig.Audit(Duration.ofMinutes(number(Setting.AUDIT_ANCHOR_MINUTES))),
        new AegisConfig.Sessions(
            word(AegisConfig.Fate.class, Setting.SESSIONS_ON_LAUNCHER_DEATH),
            word(AegisConfig.Fate.class, Setting.SESSIONS_LEFTOVERS),
            word(AegisConfig.FloorWish.class, Setting.SESSIONS_FLOOR)));
  }

  private AegisConfig.Telegram telegram() {
    return new AegisConfig.Telegram(
        text(Setting.TELEGRAM_BOT_TOKEN),
        people(Setting.TELEGRAM_ADMINS, Setting.TELEGRAM_ALLOWED_USERS, Setting.TELEGRAM_VIEWERS),
        texts(Setting.TELEGRAM_CHATS).stream().map(AegisConfig.Chat::of).toList(),
        URI.create(text(Setting.TELEGRAM_API_URL)),
        Duration.ofSeconds(number(Setting.TELEGRAM_DENY_REASON_SECONDS)));
  }

  /* An allowed user is an approver unless a list of a role names them; viewer beats admin. */
  private Map<Long, Role> people(Setting admins, Setting approvers, Setting viewers) {
    Map<Long, Role> people = new HashMap<>();
    numbers(admins).forEach(id -> people.put(id, Role.ADMIN));
    numbers(approvers).forEach(id -> people.putIfAbsent(id, Role.APPROVER));
    numbers(viewers).forEach(id -> people.put(id, Role.VIEWER));
    return people;
  }

  private AegisConfig.WhatsApp whatsApp() {
    return new AegisConfig.WhatsApp(
        text(Setting.WHATSAPP_ACCESS_TOKEN),
        text(Setting.WHATSAPP_PHONE_NUMBER_ID),
        text(Setting.WHATSAPP_APP_SECRET),
        text(Setting.WHATSAPP_VERIFY_TOKEN),
        people(Setting.WHATSAPP_ADMINS, Setting.WHATSAPP_ALLOWED_NUMBERS, Setting.WHATSAPP_VIEWERS),
        Math.toIntExact(number(Setting.WHATSAPP_WEBHOOK_PORT)),
        URI.create(text(Setting.WHATSAPP_API_URL)));
  }

  private AegisConfig.Approvals approvals() {
    return new AegisConfig.Approvals(
        Duration.ofSeconds(number(Setting.APPROVALS_TIMEOUT_SECONDS)),
        word(AegisConfig.DefaultAction.class, Setting.APPROVALS_DEFAULT_ACTION),
        word(Role.class, Setting.APPROVALS_LOCAL_ROLE),
        Map.of(
            "low", word(Role.class, Setting.APPROVALS_MIN_ROLE_LOW),
            "medium", word(Role.class, Setting.APPROVALS_MIN_ROLE_MEDIUM),
            "high", word(Role.class, Setting.APPROVALS_MIN_ROLE_HIGH),
            "critical", word(Role.class, Setting.APPROVALS_MIN_ROLE_CRITICAL)),
        Math.toIntExact(number(Setting.APPROVALS_QUORUM)),
        texts(Setting.APPROVALS_QUORUM_CATEGORIES),
        Math.toIntExact(number(Setting.APPROVALS_OPEN_QUESTIONS)),
        TimeSpan.of(text(Setting.APPROVALS_QUIET_HOURS)),
        word(AegisConfig.QuietAction.class, Setting.APPROVALS_QUIET_ACTION));
  }

  private List<String> texts(Setting setting) {
    return ((List<?>) get(setting).value()).stream().map(String.class::cast).toList();
  }

  private String text(Setting setting) {
    return (String) get(setting).value();
  }

  private long number(Setting setting) {
    return (Long) get(setting).value();
  }

  private Path path(Setting setting) {
    return home.resolve(text(setting));
  }

  private List<Long> numbers(Setting setting) {
    return ((List<?>) get(setting).value()).stream().map(Long.class::cast).toList();
  }

  private <E extends Enum<E> & ValueKind.Worded> E word(Class<E> type, Setting setting) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> constant.word().equals(text(setting)))
        .findFirst()
        .orElseThrow();
  }
}
