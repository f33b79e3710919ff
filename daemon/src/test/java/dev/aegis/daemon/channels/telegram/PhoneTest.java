package dev.aegis.daemon.channels.telegram;

import dev.aegis.daemon.approvals.DeskWorld.Asked;
import dev.aegis.daemon.channels.telegram.FakeBotApi.Shown;
import dev.aegis.daemon.channels.telegram.PhoneWorld.Options;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A phone, and the server of the tests between it and the daemon. */
@Timeout(60)
abstract class PhoneTest {

  @TempDir Path directory;
  FakeBotApi bot;

  @BeforeEach
  void serve() throws Exception {
    bot = new FakeBotApi();
  }

  @AfterEach
  void stop() {
    bot.close();
  }

  PhoneWorld world() throws Exception {
    return new PhoneWorld(directory, bot, Options.standard());
  }

  Shown card(long chat, Asked asked) {
    return bot.awaitShown(chat, one -> one.text().contains("question " + asked.id()));
  }

  Shown cardSaying(long chat, String text) {
    return bot.awaitShown(chat, one -> one.text().contains(text));
  }
}
