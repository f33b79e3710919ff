package dev.aegis.launcher.card;

import java.util.Optional;

/** Which keys the card takes now, and what they mean. */
enum Menu {
  /** The usual answers. */
  FIRST(
      "[a] approve once  [s] approve for this session  [d] deny  [r] deny and say why  [i] details"
          + "  [m] more"),
  /** Answers that reach further. */
  MORE("what has this shape: [t] for ten minutes  [h] for an hour  [w] always  [b] back"),
  /** Whether always is really meant. */
  SURELY("Always covers this shape in every session, until revoked. Really?  [y] yes  [b] back");

  private final String keys;

  Menu(String keys) {
    this.keys = keys;
  }

  /** One line that tells the keys. */
  String keys() {
    return keys;
  }

  /** Return what a key answers; empty when it answers nothing here. */
  Optional<Answer> answer(char key) {
    Answer answer =
        switch (this) {
          case FIRST -> usual(key);
          case MORE ->
              key == 't' ? Answer.APPROVE_TEN_MINUTES : key == 'h' ? Answer.APPROVE_HOUR : null;
          case SURELY -> key == 'y' ? Answer.APPROVE_ALWAYS : null;
        };
    return Optional.ofNullable(answer);
  }

  private static Answer usual(char key) {
    return switch (key) {
      case 'a', '1' -> Answer.APPROVE_ONCE;
      case 's', '2' -> Answer.APPROVE_SESSION;
      case 'd', '3' -> Answer.DENY;
      default -> null;
    };
  }

  /** Return the menu that a key leads to; most lead nowhere else. */
  Menu after(char key) {
    return switch (this) {
      case FIRST -> key == 'm' ? MORE : FIRST;
      case MORE -> key == 'w' ? SURELY : key == 'b' ? FIRST : MORE;
      case SURELY -> key == 'b' ? FIRST : SURELY;
    };
  }
}
