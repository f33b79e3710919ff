package dev.aegis.daemon.channels.telegram;

import dev.aegis.config.AegisConfig;
import dev.aegis.config.Role;
import dev.aegis.daemon.approvals.AnswerRules;
import dev.aegis.daemon.approvals.DeskWorld;
import dev.aegis.daemon.channels.ChannelRouter;
import dev.aegis.daemon.channels.Disturbance;
import dev.aegis.daemon.store.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A daemon's approvals over a real database, with the Telegram channel on a server of the test. */
final class PhoneWorld implements AutoCloseable {

  static final long ADMIN = 7;
  static final long APPROVER = 8;
  static final long VIEWER = 9;
  static final long STRANGER = 666;

  final DeskWorld desk;
  final ChannelRouter router;

  /** What a test may want otherwise. */
  record Options(
      List<AegisConfig.Chat> chats,
      Map<Long, Role> people,
      AnswerRules rules,
      Duration denyReason,
      int openQuestions) {
    static Options standard() {
      return new Options(
          List.of(),
          Map.of(ADMIN, Role.ADMIN, VIEWER, Role.VIEWER),
          AnswerRules.PLAIN,
          Duration.ZERO,
          5);
    }

    Options denyReason(Duration time) {
      return new Options(chats, people, rules, time, openQuestions);
    }

    Options people(Map<Long, Role> others) {
      return new Options(chats, others, rules, denyReason, openQuestions);
    }

    Options rules(AnswerRules others) {
      return new Options(chats, people, others, denyReason, openQuestions);
    }

    Options openQuestions(int most) {
      return new Options(chats, people, rules, denyReason, most);
    }

    Options chats(AegisConfig.Chat... groups) {
      return new Options(List.of(groups), people, rules, denyReason, openQuestions);
    }
  }

  PhoneWorld(Path directory, FakeBotApi bot, Options options) throws Exception {
    desk = new DeskWorld(directory, options.rules()).takenUp();
    router =
        ChannelRouter.start(
            desk.book,
            List.of(channel(desk, bot, options)),
            new Disturbance(
                options.openQuestions(), Optional.empty(), AegisConfig.QuietAction.HOLD),
            LocalTime::now);
  }

  /** A channel of a daemon to a server of the test. */
  static TelegramChannel channel(DeskWorld desk, FakeBotApi bot, Options options) {
    return new TelegramChannel(
        new TelegramChannel.Parts(
            new AegisConfig.Telegram(
                FakeBotApi.TOKEN,
                options.people(),
                options.chats(),
                bot.url(),
                options.denyReason()),
            desk.book,
            desk.pause,
            List::of,
            desk.states(),
            desk.messages(TelegramChannel.NAME),
            desk.audit,
            desk.secret("buttons of telegram"),
            "laptop",
            false,
            desk.time::now,
            Duration.ofSeconds(1)));
  }

  @Override
  public void close() throws IOException, StoreException {
    router.close();
    desk.close();
  }
}
