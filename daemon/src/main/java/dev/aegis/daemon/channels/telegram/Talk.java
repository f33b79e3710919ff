package dev.aegis.daemon.channels.telegram;

import dev.aegis.daemon.approvals.ApprovalDesk;
import dev.aegis.daemon.channels.ChainAnchor;
import dev.aegis.daemon.channels.sending.Outbox;
import java.util.concurrent.atomic.AtomicLong;
import org.telegram.telegrambots.meta.api.methods.ParseMode;
import org.telegram.telegrambots.meta.api.methods.send.SendMessage;

/** What is said in a chat beside the questions. */
final class Talk {

  private static final int LONGEST_HOST = 80;
  private static final int LONGEST_MESSAGE = 3_400;
  private static final int LONGEST_DETAILS = 3 * LONGEST_MESSAGE;

  private final ApprovalDesk desk;
  private final BotClient client;
  private final Outbox outbox;
  private final AtomicLong number = new AtomicLong();

  Talk(ApprovalDesk desk, BotClient client, Outbox outbox) {
    this.desk = desk;
    this.client = client;
    this.outbox = outbox;
  }

  /**
   * Say something.
   *
   * @param html ready for Telegram, short enough
   */
  void say(Place place, String html) {
    outbox.put(place.chat(), "say " + number.incrementAndGet(), () -> send(place, html));
  }

  /**
   * Keep a head of the audit log in a chat, silently; a newer one takes the place of one that
   * waits.
   */
  void anchor(Place place, ChainAnchor anchor) {
    String html =
        "\ud83d\udd17 Audit log of %s, row %d:\n%s\nWhile this stands here, nobody can write the log anew unseen: %s"
            .formatted(
                Html.line(anchor.host(), LONGEST_HOST),
                anchor.row(),
                Html.code(anchor.head(), LONGEST_MESSAGE),
                Html.code("aegis audit verify --anchor " + anchor.head(), LONGEST_MESSAGE));
    outbox.put(
        place.chat(),
        "anchor/" + place.topic(),
        () -> {
          SendMessage message = message(place, html);
          message.disableNotification();
          int unused = client.call(message).getMessageId();
        });
  }

  private void send(Place place, String html) throws BotException {
    int unused = client.call(message(place, html)).getMessageId();
  }

  private static SendMessage message(Place place, String html) {
    SendMessage message = new SendMessage(Long.toString(place.chat()), html);
    message.setParseMode(ParseMode.HTML);
    message.disableWebPagePreview();
    if (place.topic() != 0) {
      message.setMessageThreadId(place.topic());
    }
    return message;
  }

  /** Tell everything about one approval, in as few messages as it takes. */
  void details(long approval, Place place) {
    String all =
        desk.show(approval)
            .map(detail -> Card.details(detail, LONGEST_DETAILS))
            .orElse("there is no question " + approval);
    String rest = all;
    while (!rest.isEmpty()) {
      int end = end(rest);
      say(place, "<pre>" + Html.escape(rest.substring(0, end)) + "</pre>");
      rest = rest.substring(end).stripLeading();
    }
  }

  private static int end(String text) {
    if (text.length() <= LONGEST_MESSAGE) {
      return text.length();
    }
    int line = text.lastIndexOf('\n', LONGEST_MESSAGE);
    int end = line > LONGEST_MESSAGE / 2 ? line : LONGEST_MESSAGE;
    return Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end;
  }
}
