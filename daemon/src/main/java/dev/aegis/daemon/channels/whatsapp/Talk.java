package dev.aegis.daemon.channels.whatsapp;

import dev.aegis.daemon.channels.ChainAnchor;
import dev.aegis.daemon.channels.sending.Outbox;
import java.util.concurrent.atomic.AtomicLong;

/** What is said beside the questions. */
final class Talk {

  private final CloudClient client;
  private final Outbox outbox;
  private final AtomicLong number = new AtomicLong();

  Talk(CloudClient client, Outbox outbox) {
    this.client = client;
    this.outbox = outbox;
  }

  /**
   * Say something.
   *
   * @param replyTo id of the message that it answers, or empty
   */
  void say(long phone, String text, String replyTo) {
    put(phone, "say " + number.incrementAndGet(), text, replyTo);
  }

  /** Keep a head of the audit log; a newer one takes the place of one that waits. */
  void anchor(long phone, ChainAnchor anchor) {
    String text =
        "Audit log of %s, row %d:\n```%s```\nWhile this stands here, nobody can write the log anew unseen: aegis audit verify --anchor HASH"
            .formatted(anchor.host(), anchor.row(), anchor.head());
    put(phone, "anchor", text, "");
  }

  private void put(long phone, String name, String text, String replyTo) {
    outbox.put(
        phone,
        name,
        () -> {
          String unused = client.say(phone, text, replyTo);
        });
  }
}
