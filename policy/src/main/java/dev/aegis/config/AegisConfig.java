package dev.aegis.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What config.toml, the AEGIS_* variables and the flags say together.
 *
 * @param telegram the Telegram channel
 * @param whatsApp the WhatsApp channel
 * @param approvals how long people have, and who may answer
 * @param policyPath the user's rules
 * @param port loopback port of health and, later, the web page; 0 for any free one
 * @param logging how much is logged, and how
 * @param databasePath the database
 * @param audit how the audit log is guarded
 * @param sessions what becomes of what outlives its launcher or session
 */
public record AegisConfig(
    Telegram telegram,
    WhatsApp whatsApp,
    Approvals approvals,
    Path policyPath,
    int port,
    Logging logging,
    Path databasePath,
    Audit audit,
    Sessions sessions) {

  /**
   * The Telegram channel.
   *
   * @param botToken empty when there is none
   * @param people who may talk to the bot, by their Telegram id
   * @param chats groups that are asked instead of every person alone
   * @param apiUrl scheme, host and port of the Bot API server
   * @param denyReason how long a denial waits for its reason
   */
  public record Telegram(
      String botToken, Map<Long, Role> people, List<Chat> chats, URI apiUrl, Duration denyReason) {
    public Telegram {
      people = Map.copyOf(people);
      chats = List.copyOf(chats);
    }

    /** Return the ids of the people who may answer. */
    public List<Long> allowedUsers() {
      return people.entrySet().stream()
          .filter(one -> one.getValue().isAtLeast(Role.APPROVER))
          .map(Map.Entry::getKey)
          .sorted()
          .toList();
    }

    /** Keep the token out of logs. */
    @Override
    public String toString() {
      return "Telegram[botToken=%s, people=%s, chats=%s, apiUrl=%s]"
          .formatted(botToken.isEmpty() ? "" : "(hidden)", people, chats, apiUrl);
    }
  }

  /**
   * The WhatsApp channel.
   *
   * @param accessToken empty when there is none
   * @param phoneNumberId id of the business number that writes
   * @param appSecret with which Meta signs what it delivers
   * @param verifyToken that Meta shows when the webhook is set up
   * @param people who may talk to us, by their number
   * @param webhookPort loopback port of the webhook; 0 for any free one
   * @param apiUrl address of the Cloud API with its version
   */
  public record WhatsApp(
      String accessToken,
      String phoneNumberId,
      String appSecret,
      String verifyToken,
      Map<Long, Role> people,
      int webhookPort,
      URI apiUrl) {
    public WhatsApp {
      people = Map.copyOf(people);
    }

    /** Keep the secrets out of logs. */
    @Override
    public String toString() {
      return "WhatsApp[phoneNumberId=%s, people=%s, webhookPort=%d, apiUrl=%s]"
          .formatted(phoneNumberId, people, webhookPort, apiUrl);
    }
  }

  /**
   * A group, or one topic of a forum.
   *
   * @param id of the chat; negative
   * @param topic id of the topic's thread
   */
  public record Chat(long id, Optional<Integer> topic) {
    static Chat of(String text) {
      String[] parts = text.split("/", 2);
      return new Chat(
          Long.parseLong(parts[0]),
          parts.length == 1 ? Optional.empty() : Optional.of(Integer.valueOf(parts[1])));
    }
  }

  /**
   * How long people have, and who may answer.
   *
   * @param timeout from question to time-out
   * @param defaultAction what a time-out does
   * @param localRole of whoever answers on this machine
   * @param minRole least role that may approve, by the tier of the risk
   * @param quorum how many people must approve what belongs to one of the quorum's categories
   * @param openQuestions how many questions of a session are put to people at once
   * @param quietHours local time span in which nobody is disturbed
   * @param quietAction what becomes of questions in the quiet hours
   */
  public record Approvals(
      Duration timeout,
      DefaultAction defaultAction,
      Role localRole,
      Map<String, Role> minRole,
      int quorum,
      List<String> quorumCategories,
      int openQuestions,
      Optional<TimeSpan> quietHours,
      QuietAction quietAction) {
    public Approvals {
      minRole = Map.copyOf(minRole);
      quorumCategories = List.copyOf(quorumCategories);
    }
  }

  /** What becomes of questions in the quiet hours. */
  public enum QuietAction implements ValueKind.Worded {
    HOLD("hold"),
    DENY("deny");

    private final String word;

    QuietAction(String word) {
      this.word = word;
    }

    @Override
    public String word() {
      return word;
    }
  }

  /**
   * How much is logged, and how.
   *
   * @param level least level that is written
   * @param format of a line
   */
  public record Logging(LogLevel level, LogFormat format) {}

  /**
   * How the audit log is guarded.
   *
   * @param anchorEvery how often its head is posted to the channels while nothing else makes it;
   *     zero for never
   */
  public record Audit(Duration anchorEvery) {}

  /**
   * What becomes of what outlives its launcher or session.
   *
   * @param onLauncherDeath fate of a session whose launcher died
   * @param leftovers fate of processes that outlive their session
   * @param floor whether the kernel refuses sessions what reaches beyond them
   */
  public record Sessions(Fate onLauncherDeath, Fate leftovers, FloorWish floor) {}

  /** Whether the kernel's floor is laid under sessions. */
  public enum FloorWish implements ValueKind.Worded {
    /** Where the kernel has it and it costs the session nothing. */
    AUTO("auto"),
    /** In any case, also where the session gives up set-id programs such as sudo for it. */
    ALWAYS("always"),
    OFF("off");

    private final String word;

    FloorWish(String word) {
      this.word = word;
    }

    @Override
    public String word() {
      return word;
    }
  }

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
