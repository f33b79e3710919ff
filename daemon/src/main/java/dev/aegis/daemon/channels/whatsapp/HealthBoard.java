package dev.aegis.daemon.channels.whatsapp;

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
  private volatile ChannelHealth own =
      new ChannelHealth(WhatsAppChannel.NAME, State.CONNECTING, "nobody was written to yet");

  void listens(int port) {
    own =
        new ChannelHealth(
            WhatsAppChannel.NAME,
            State.CONNECTING,
            "the webhook waits at http://127.0.0.1:%d/whatsapp; nobody was written to yet"
                .formatted(port));
  }

  void cannotListen(int port, String why) {
    String said =
        "the webhook cannot listen on port %d (%s): set whatsapp.webhook_port".formatted(port, why);
    LOG.error("WhatsApp: {}", said);
    own = new ChannelHealth(WhatsAppChannel.NAME, State.FAILING, said);
  }

  @Override
  public void chatWorks(long phone) {
    chats.remove(phone);
    if (own.state() == State.CONNECTING) {
      own = new ChannelHealth(WhatsAppChannel.NAME, State.CONNECTED, "messages are sent");
    }
  }

  @Override
  public void chatFails(long phone, SendException failure) {
    String said =
        "+%d cannot be written to (%s): its person must write to the number first, and once a day"
            .formatted(phone, failure.getMessage());
    if (!said.equals(chats.put(phone, said))) {
      LOG.warn("WhatsApp: {}", said);
    }
  }

  ChannelHealth now() {
    if (chats.isEmpty()) {
      return own;
    }
    String all = chats.values().stream().sorted().collect(Collectors.joining("; "));
    return new ChannelHealth(WhatsAppChannel.NAME, State.FAILING, own.detail() + "; " + all);
  }
}
