package dev.aegis.launcher.relay;

import dev.aegis.launcher.os.SystemCallException;
import dev.aegis.launcher.screen.ScreenModel;
import java.nio.charset.StandardCharsets;

/** The user's screen as something that is lent to an overlay and taken back. */
final class Stage {

  /** Gives the program what was typed for it until now. */
  @FunctionalInterface
  interface TypeAhead {
    void passOn() throws SystemCallException;
  }

  private final ByteQueue screen;
  private final TypeAhead typeAhead;
  private final ScreenModel model;
  private final Overlay overlay;
  private boolean lent;

  Stage(ByteQueue screen, TypeAhead typeAhead, ScreenModel model, Overlay overlay) {
    this.screen = screen;
    this.typeAhead = typeAhead;
    this.model = model;
    this.overlay = overlay;
  }

  boolean isLent() {
    return lent;
  }

  /** Lends or takes back the screen as the overlay wants, and brings its frame up to date. */
  void follow(long now) throws SystemCallException {
    boolean wanted = overlay.isWanted();
    if (wanted && !lent) {
      lend(now);
    } else if (!wanted && lent) {
      takeBack();
    } else if (lent && overlay.tick(now)) {
      draw(now);
    }
  }

  private void lend(long now) throws SystemCallException {
    // Whoever typed it had not seen the overlay, so it is no answer.
    typeAhead.passOn();
    lent = true;
    screen.send(model.borrow());
    overlay.shown(now);
    draw(now);
  }

  /** Gives the program its screen back. */
  void takeBack() {
    if (lent) {
      lent = false;
      screen.send(model.giveBack());
      overlay.hidden();
    }
  }

  /** Draws anew on a screen of another size. */
  void resized(long now) {
    if (lent) {
      draw(now);
    }
  }

  private void draw(long now) {
    String frame = overlay.frame(model.rows(), model.columns(), now);
    screen.send(frame.getBytes(StandardCharsets.UTF_8));
  }
}
