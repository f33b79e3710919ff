package dev.aegis.daemon.channels.telegram;

import dev.aegis.daemon.channels.ChannelHealth;
import dev.aegis.daemon.channels.ChannelHealth.State;
import dev.aegis.daemon.channels.sending.ChatHealth;
import dev.aegis.daemon.channels.sending.SendException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the parts of the channel say of themselves, in one line. Thread-safe. */
final class HealthBoard implements ChatHealth {

  private static final Logger LOG = LoggerFactory.getLogger(HealthBoard.class);

  private final ConcurrentMap<Long, String> chats = new ConcurrentHashMap<>();
  private volatile ChannelHealth polling =
      new ChannelHealth(TelegramChannel.NAME, State.CONNECTING, "not reached yet");

  void connected(String bot) {
    if (polling.state() != State.CONNECTED) {
      LOG.info("Telegram: connected as @{}", bot);
    }
    polling = new ChannelHealth(TelegramChannel.NAME, State.CONNECTED, "as @" + bot);
  }

  void failing(BotException e) {
    String detail =
        switch (e.kind()) {
          case CONFLICT ->
              "another program polls this bot (409): stop it, or give Aegis a bot of its own";
          case TOKEN ->
              "Telegram does not know telegram.bot_token (" + e.getMessage() + "): see @BotFather";
          case TOO_MANY -> "Telegram wants to be left alone for a while (429)";
          default -> "cannot be reached, tried again: " + e.getMessage();
        };
    ChannelHealth now = new ChannelHealth(TelegramChannel.NAME, State.FAILING, detail);
    if (!now.equals(polling)) {
      LOG.warn("Telegram: {}", detail);
    }
    polling = now;
  }

  @Override
  public void chatFails(long chat, SendException e) {
    String said =
        "chat %d cannot be written to (%s): its person must send /start to the bot, or the group must add it"
            .formatted(chat, e.getMessage());
    if (!said.equals(chats.put(chat, said))) {
      LOG.warn("Telegram: {}", said);
    }
  }

  @Override
  public void chatWorks(long chat) {
    chats.remove(chat);
  }

  ChannelHealth now() {
    ChannelHealth base = polling;
    if (chats.isEmpty()) {
      return base;
    }
    String all = chats.values().stream().sorted().collect(Collectors.joining("; "));
    return new ChannelHealth(base.channel(), State.FAILING, base.detail() + "; " + all);
  }
}
