package dev.aegis.daemon.channels.telegram;

import dev.aegis.daemon.approvals.Approval;
import dev.aegis.daemon.approvals.ApprovalDesk;
import dev.aegis.daemon.approvals.ApprovalDetail;
import dev.aegis.daemon.channels.ChannelMessages;
import dev.aegis.daemon.channels.ChannelMessages.Message;
import dev.aegis.daemon.channels.sending.Outbox;
import dev.aegis.daemon.channels.telegram.Keyboards.Menu;
import dev.aegis.daemon.store.ApprovalState;
import dev.aegis.daemon.store.StoreException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.telegram.telegrambots.meta.api.methods.ParseMode;
import org.telegram.telegrambots.meta.api.methods.send.SendMessage;
import org.telegram.telegrambots.meta.api.methods.updatingmessages.EditMessageText;
import org.telegram.telegrambots.meta.api.objects.replykeyboard.InlineKeyboardMarkup;

/**
 * Keeps the messages in the chats as the approvals are: whatever happened, and however often it is
 * called, each message shows what is true when it is sent.
 */
final class Board {

  /** How {@link Message#shown} begins when nothing more can change. */
  static final String FINAL = "final";

  private static final Logger LOG = LoggerFactory.getLogger(Board.class);
  private static final int NONCE_BYTES = 6;

  private final ApprovalDesk desk;
  private final BotClient client;
  private final Outbox outbox;
  private final ChannelMessages messages;
  private final Keyboards keyboards;
  private final Card card;
  private final InstantSource clock;
  private final Map<Long, String> denying = new ConcurrentHashMap<>();
  private final Map<String, Menu> menus = new ConcurrentHashMap<>();

  Board(
      ApprovalDesk desk,
      BotClient client,
      Outbox outbox,
      ChannelMessages messages,
      Keyboards keyboards,
      Card card,
      InstantSource clock) {
    this.desk = desk;
    this.client = client;
    this.outbox = outbox;
    this.messages = messages;
    this.keyboards = keyboards;
    this.card = card;
    this.clock = clock;
  }

  /** Put a question to an audience, where it does not stand already. */
  void ask(long approval, List<Place> audience) {
    for (Place place : audience) {
      outbox.put(
          place.chat(), "question " + approval + "/" + place.topic(), () -> ask(approval, place));
    }
  }

  private void ask(long approval, Place place) throws BotException {
    Optional<ApprovalDetail> found = desk.show(approval);
    boolean stands =
        messages.of(approval).stream()
            .anyMatch(one -> isAt(one, place) && one.message().isPresent());
    if (stands) {
      refresh(approval);
    } else if (found.isPresent() && isOpen(found.get())) {
      send(found.get(), place);
    }
  }

  private static boolean isAt(Message message, Place place) {
    return message.chat() == place.chat() && message.topic() == place.topic();
  }

  private static boolean isOpen(ApprovalDetail detail) {
    return detail.approval().state() == ApprovalState.PENDING;
  }

  private void send(ApprovalDetail detail, Place place) throws BotException {
    long id = detail.approval().id();
    View view = view(detail, Menu.FIRST);
    Message message =
        new Message(
            ChannelMessages.nonce(NONCE_BYTES),
            id,
            place.chat(),
            place.topic(),
            Optional.empty(),
            view.mark());
    messages.add(message, clock.instant());
    SendMessage send = new SendMessage(Long.toString(place.chat()), view.text());
    send.setParseMode(ParseMode.HTML);
    if (place.topic() != 0) {
      send.setMessageThreadId(place.topic());
    }
    send.setReplyMarkup(markup(detail, message));
    int number = client.call(send).getMessageId();
    messages.sent(message.nonce(), number);
    /* What happened while it was on its way. */
    refresh(id);
  }

  /** Bring every message of an approval up to date. */
  void refresh(long approval) {
    for (Message message : messages.of(approval)) {
      if (message.message().isPresent()) {
        outbox.put(message.chat(), "message " + message.nonce(), () -> edit(message.nonce()));
      }
    }
  }

  /** Bring up to date what an earlier daemon left. */
  void takeUp() throws StoreException {
    messages.unfinished(FINAL).forEach(this::refresh);
  }

  private void edit(String nonce) throws BotException {
    Message message = messages.ofNonce(nonce).orElseThrow();
    Optional<ApprovalDetail> detail = desk.show(message.approval());
    if (detail.isEmpty() || message.message().isEmpty()) {
      return;
    }
    View view = view(detail.get(), menu(nonce));
    if (view.mark().equals(message.shown())) {
      return;
    }
    EditMessageText edit =
        EditMessageText.builder()
            .chatId(message.chat())
            .messageId(message.message().get())
            .text(view.text())
            .parseMode(ParseMode.HTML)
            .replyMarkup(markup(detail.get(), message))
            .build();
    String shown = view.mark();
    try {
      client.call(edit);
    } catch (BotException e) {
      if (e.kind() == BotException.Kind.GONE || e.kind() == BotException.Kind.REFUSED) {
        LOG.info("message {} is shown no more: {}", message.message().get(), e.getMessage());
        shown = FINAL + " lost";
      } else if (e.kind() != BotException.Kind.UNCHANGED) {
        throw e;
      }
    }
    messages.shows(nonce, shown);
    if (shown.startsWith(FINAL)) {
      menus.remove(nonce);
    }
  }

  /** What a message shows, and a word that differs when that differs. */
  private record View(String text, String mark) {}

  private View view(ApprovalDetail detail, Menu menu) {
    Approval approval = detail.approval();
    if (isOpen(detail)) {
      Instant now = clock.instant();
      String text = card.open(detail, now);
      String by = denying.get(approval.id());
      if (by != null) {
        text = "\u26d4 " + Html.line(by, 80) + " is about to deny\n\n" + text;
      }
      if (menu == Menu.SURELY) {
        text = card.always(approval) + "\n\n" + text;
      }
      return new View(
          text, "open " + Integer.toHexString((text + menu + hasSeveral(approval)).hashCode()));
    }
    denying.remove(approval.id());
    boolean last = approval.state() != ApprovalState.APPROVED || approval.releasedAt().isPresent();
    return new View(card.closed(detail), (last ? FINAL + " " : "") + approval.state().label());
  }

  private InlineKeyboardMarkup markup(ApprovalDetail detail, Message message) {
    Approval approval = detail.approval();
    if (!isOpen(detail)) {
      return Keyboards.none();
    }
    Keyboards.Of of = new Keyboards.Of(approval.id(), message.chat(), message.nonce());
    return denying.containsKey(approval.id())
        ? keyboards.denying(of)
        : keyboards.open(of, menu(message.nonce()), hasSeveral(approval));
  }

  private Menu menu(String nonce) {
    return menus.getOrDefault(nonce, Menu.FIRST);
  }

  /** Show other buttons under one message. */
  void turn(String nonce, Menu menu) {
    menus.put(nonce, menu);
    messages.ofNonce(nonce).map(Message::approval).ifPresent(this::refresh);
  }

  private boolean hasSeveral(Approval approval) {
    return desk.list(false).stream()
        .anyMatch(one -> one.id() != approval.id() && one.session().equals(approval.session()));
  }

  /** Show that somebody is about to deny. */
  void denies(long approval, String by) {
    denying.putIfAbsent(approval, by);
    refresh(approval);
  }

  /** Find the message of a tap; the first tap names a message whose number was never heard. */
  boolean isButtonOf(String nonce, long approval, long chat, int number) {
    Optional<Message> found = messages.ofNonce(nonce);
    if (found.isEmpty() || found.get().approval() != approval || found.get().chat() != chat) {
      return false;
    }
    if (found.get().message().isEmpty()) {
      messages.sent(nonce, number);
      return true;
    }
    return found.get().message().get() == number;
  }
}
