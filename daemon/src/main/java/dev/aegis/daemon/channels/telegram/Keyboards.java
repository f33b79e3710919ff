package dev.aegis.daemon.channels.telegram;

import dev.aegis.daemon.channels.CallbackSeal;
import dev.aegis.daemon.channels.CallbackSeal.Action;
import dev.aegis.daemon.channels.CallbackSeal.Tap;
import java.util.ArrayList;
import java.util.List;
import org.telegram.telegrambots.meta.api.objects.replykeyboard.InlineKeyboardMarkup;
import org.telegram.telegrambots.meta.api.objects.replykeyboard.buttons.InlineKeyboardButton;
import org.telegram.telegrambots.meta.api.objects.replykeyboard.buttons.InlineKeyboardRow;

/** The buttons under a message. */
final class Keyboards {

  private final CallbackSeal seal;

  Keyboards(CallbackSeal seal) {
    this.seal = seal;
  }

  /** Which buttons an open question shows. */
  enum Menu {
    FIRST,
    /** Answers that reach further. */
    MORE,
    /** Whether always is really meant. */
    SURELY
  }

  /** What the buttons of one message are made for. */
  record Of(long approval, long chat, String nonce) {}

  /**
   * Buttons of an open question.
   *
   * @param several whether the session has more open questions
   */
  InlineKeyboardMarkup open(Of of, Menu menu, boolean several) {
    return new InlineKeyboardMarkup(
        switch (menu) {
          case FIRST -> first(of, several);
          case MORE ->
              List.of(
                  new InlineKeyboardRow(
                      button("For 10 minutes", Action.TEN_MINUTES, of),
                      button("For an hour", Action.HOUR, of)),
                  new InlineKeyboardRow(
                      button("Always \u2026", Action.ALWAYS, of), button("Back", Action.BACK, of)));
          case SURELY ->
              List.of(
                  new InlineKeyboardRow(button("Yes, always", Action.SURELY_ALWAYS, of)),
                  new InlineKeyboardRow(button("Back", Action.BACK, of)));
        });
  }

  private List<InlineKeyboardRow> first(Of of, boolean several) {
    List<InlineKeyboardRow> rows = new ArrayList<>();
    rows.add(
        new InlineKeyboardRow(
            button("Once", Action.ONCE, of), button("This session", Action.SESSION, of)));
    rows.add(
        new InlineKeyboardRow(
            button("Deny", Action.DENY, of),
            button("Details", Action.DETAILS, of),
            button("More \u2026", Action.MORE, of)));
    if (several) {
      rows.add(new InlineKeyboardRow(button("Deny all of this session", Action.DENY_ALL, of)));
    }
    return rows;
  }

  /** One button, of a question whose denial waits for its reason. */
  InlineKeyboardMarkup denying(Of of) {
    return new InlineKeyboardMarkup(
        List.of(new InlineKeyboardRow(button("Deny now, without a reason", Action.DENY, of))));
  }

  static InlineKeyboardMarkup none() {
    return new InlineKeyboardMarkup(List.of());
  }

  private InlineKeyboardButton button(String text, Action action, Of of) {
    InlineKeyboardButton button = new InlineKeyboardButton(text);
    button.setCallbackData(seal.write(new Tap(action, of.approval(), of.nonce()), of.chat()));
    return button;
  }
}
