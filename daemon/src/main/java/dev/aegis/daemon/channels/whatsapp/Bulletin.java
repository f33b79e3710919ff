package dev.aegis.daemon.channels.whatsapp;

import dev.aegis.daemon.approvals.Approval;
import dev.aegis.daemon.approvals.ApprovalDesk;
import dev.aegis.daemon.approvals.ApprovalDetail;
import dev.aegis.daemon.channels.CallbackSeal;
import dev.aegis.daemon.channels.CallbackSeal.Action;
import dev.aegis.daemon.channels.CallbackSeal.Tap;
import dev.aegis.daemon.channels.ChannelMessages;
import dev.aegis.daemon.channels.ChannelMessages.Message;
import dev.aegis.daemon.channels.ChannelStates;
import dev.aegis.daemon.channels.sending.Outbox;
import dev.aegis.daemon.channels.whatsapp.CloudClient.Button;
import dev.aegis.daemon.store.ApprovalState;
import dev.aegis.daemon.store.StoreException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The questions that were sent, and the answers to them that say how each ended. However often it
 * is called, each is said once.
 */
final class Bulletin {

  /** How {@link Message#shown} begins when nothing more is to be said. */
  static final String FINAL = "final";

  private static final int NONCE_BYTES = 9;
  private static final int SENT = 1;

  private final ApprovalDesk desk;
  private final CloudClient client;
  private final Outbox outbox;
  private final ChannelMessages messages;
  private final ChannelStates states;
  private final CallbackSeal seal;
  private final Wording wording;
  private final InstantSource clock;

  Bulletin(
      ApprovalDesk desk,
      CloudClient client,
      Outbox outbox,
      ChannelMessages messages,
      ChannelStates states,
      CallbackSeal seal,
      Wording wording,
      InstantSource clock) {
    this.desk = desk;
    this.client = client;
    this.outbox = outbox;
    this.messages = messages;
    this.states = states;
    this.seal = seal;
    this.wording = wording;
    this.clock = clock;
  }

  /** Put a question to people, where it does not stand already. */
  void ask(long approval, List<Long> phones) {
    phones.forEach(phone -> outbox.put(phone, "question " + approval, () -> ask(approval, phone)));
  }

  private void ask(long approval, long phone) throws CloudException {
    Optional<ApprovalDetail> found = desk.show(approval);
    boolean stands =
        messages.of(approval).stream()
            .anyMatch(one -> one.chat() == phone && one.message().isPresent());
    if (stands || found.isEmpty()) {
      return;
    }
    if (found.get().approval().state() == ApprovalState.PENDING) {
      send(found.get(), phone);
    }
  }

  private void send(ApprovalDetail detail, long phone) throws CloudException {
    long id = detail.approval().id();
    Message message =
        new Message(ChannelMessages.nonce(NONCE_BYTES), id, phone, 0, Optional.empty(), "open");
    messages.add(message, clock.instant());
    List<Button> buttons =
        List.of(
            button("Once", Action.ONCE, message),
            button("This session", Action.SESSION, message),
            button("Deny", Action.DENY, message));
    String number = client.ask(phone, wording.open(detail), buttons);
    kept(states.put(WhatsAppChannel.NAME, key(message.nonce()), number, clock.instant()));
    messages.sent(message.nonce(), SENT);
    /* What happened while it was on its way. */
    tellEnd(id);
  }

  private Button button(String title, Action action, Message message) {
    Tap tap = new Tap(action, message.approval(), message.nonce());
    return new Button(seal.write(tap, message.chat()), title);
  }

  private static String key(String nonce) {
    return "message/" + nonce;
  }

  /** Say wherever a question stands how it ended, if it did. */
  void tellEnd(long approval) {
    for (Message message : messages.of(approval)) {
      if (message.message().isPresent() && !message.shown().startsWith(FINAL)) {
        outbox.put(message.chat(), "end " + message.nonce(), () -> end(message.nonce()));
      }
    }
  }

  /** Say what an earlier daemon left unsaid. */
  void takeUp() throws StoreException {
    messages.unfinished(FINAL).forEach(this::tellEnd);
  }

  private void end(String nonce) throws CloudException {
    Message message = messages.ofNonce(nonce).orElseThrow();
    Optional<Approval> approval = desk.show(message.approval()).map(ApprovalDetail::approval);
    if (approval.isEmpty() || approval.get().state() == ApprovalState.PENDING) {
      return;
    }
    boolean last =
        approval.get().state() != ApprovalState.APPROVED || approval.get().releasedAt().isPresent();
    String mark = (last ? FINAL + " " : "") + approval.get().state().label();
    if (!mark.equals(message.shown())) {
      String unused =
          client.say(message.chat(), wording.closed(approval.get()), number(nonce).orElse(""));
      messages.shows(nonce, mark);
    }
  }

  /**
   * Tell whether a button belongs to a message that was sent to a phone; the first tap names a
   * message whose number was never heard.
   */
  boolean isButtonOf(Tap tap, Said said) {
    Optional<Message> found =
        messages
            .ofNonce(tap.nonce())
            .filter(one -> one.approval() == tap.approval() && one.chat() == said.phone());
    if (found.isPresent() && found.get().message().isEmpty()) {
      kept(states.put(WhatsAppChannel.NAME, key(tap.nonce()), said.answers(), clock.instant()));
      messages.sent(tap.nonce(), SENT);
      return true;
    }
    return found.isPresent()
        && (said.answers().isEmpty()
            || number(tap.nonce()).filter(id -> !id.equals(said.answers())).isEmpty());
  }

  private Optional<String> number(String nonce) {
    try {
      return states.get(WhatsAppChannel.NAME, key(nonce)).map(ChannelStates.State::value);
    } catch (StoreException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  private static void kept(CompletableFuture<Integer> change) {
    int unused = change.join();
  }
}
