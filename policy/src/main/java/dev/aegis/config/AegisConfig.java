package dev.aegis.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What config.toml, the AEGIS_* variables and the flags say together.
 *
 * @param telegram the Telegram channel
 * @param approvals how long people have
 * @param policyPath the user's rules
 * @param port loopback port of health and, later, the web page; 0 for any free one
 * @param logging how much is logged, and how
 * @param databasePath the database
 * @param sessions what becomes of what outlives its launcher or session
 */
public record AegisConfig(
    Telegram telegram,
    Approvals approvals,
    Path policyPath,
    int port,
    Logging logging,
    Path databasePath,
    Sessions sessions) {

  /**
   * The Telegram channel.
   *
   * @param botToken empty when there is none
   * @param allowedUsers ids of the people who may answer
   */
  public record Telegram(String botToken, List<Long> allowedUsers) {
    /** Keep the token out of logs. */
    @Override
    public String toString() {
      return "Telegram[botToken=%s, allowedUsers=%s]"
          .formatted(botToken.isEmpty() ? "" : "(hidden)", allowedUsers);
    }
  }

  /**
   * How long people have.
   *
   * @param timeout from question to time-out
   * @param defaultAction what a time-out does
   */
  public record Approvals(Duration timeout, DefaultAction defaultAction) {}

  /**
   * How much is logged, and how.
   *
   * @param level least level that is written
   * @param format of a line
   */
  public record Logging(LogLevel level, LogFormat format) {}

  /**
   * What becomes of what outlives its launcher or session.
   *
   * @param onLauncherDeath fate of a session whose launcher died
   * @param leftovers fate of processes that outlive their session
   */
  public record Sessions(Fate onLauncherDeath, Fate leftovers) {}

  /** What a time-out does. */
  public enum DefaultAction implements ValueKind.Worded {
    DENY("deny"),
    APPROVE("approve");

    private final String word;

    DefaultAction(String word) {
      this.word = word;
    }

    @Override
    public String word() {
      return word;
    }
  }

  /** Levels of the log, most talkative first. */
  public enum LogLevel implements ValueKind.Worded {
    DEBUG,
    INFO,
    WARNING,
    ERROR;

    @Override
    public String word() {
      return name();
    }
  }

  /** What a line of the log looks like. */
  public enum LogFormat implements ValueKind.Worded {
    TEXT("text"),
    JSON("json");

    private final String word;

    LogFormat(String word) {
      this.word = word;
    }

    @Override
    public String word() {
      return word;
    }
  }

  /** End processes, or keep them, supervised as before. */
  public enum Fate implements ValueKind.Worded {
    END("end"),
    KEEP("keep");

    private final String word;

    Fate(String word) {
      this.word = word;
    }

    @Override
    public String word() {
      return word;
    }
  }
}
