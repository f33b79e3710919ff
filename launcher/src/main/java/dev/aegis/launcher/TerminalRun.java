package dev.aegis.launcher;

import dev.aegis.launcher.card.Card;
import dev.aegis.launcher.card.Question;
import dev.aegis.launcher.os.OwnProcess;
import dev.aegis.launcher.os.PseudoTerminal;
import dev.aegis.launcher.os.SystemCallException;
import dev.aegis.launcher.os.TerminalModes;
import dev.aegis.launcher.os.WindowSize;
import dev.aegis.launcher.relay.Relay;
import java.io.IOException;
import java.time.Clock;
import java.util.List;

/** A run in the user's terminal: a pseudo-terminal, the relay, and the card on top of it. */
final class TerminalRun implements AutoCloseable {

  private static final int STDIN = 0;

  private final TerminalModes modes;
  private final PseudoTerminal inner;
  private final DaemonDesk desk;
  private final Card card;
  private final Relay relay;
  private final Notices notices;
  private final Thread restorer;

  TerminalRun(DaemonStarter daemon, Notices notices) throws SystemCallException {
    this.notices = notices;
    modes = TerminalModes.of(STDIN);
    WindowSize size = WindowSize.of(STDIN);
    inner = PseudoTerminal.like(modes, size);
    desk = new DaemonDesk(daemon);
    card = new Card(desk, Clock.systemUTC());
    relay = new Relay(inner, modes, size, card);
    desk.tellBy(told -> relay.post(() -> told.accept(card)));
    restorer = new Thread(this::restore, "terminal modes");
    Runtime.getRuntime().addShutdownHook(restorer);
  }

  PseudoTerminal terminal() {
    return inner;
  }

  /** Relays until the program ended; returns its status as a shell reports it. */
  int await(Starter starter) throws IOException {
    OwnProcess.ignoreQuit();
    inner.closeSlave();
    notices.keepBack();
    try {
      return relay.run(starter.child());
    } finally {
      notices.release(relay.isAtLineStart());
    }
  }

  /** Puts what happens in the session on the card. */
  SessionWatch.Listener listener() {
    return new SessionWatch.Listener() {
      @Override
      public void opened(Question question) {
        relay.post(() -> card.opened(question));
      }

      @Override
      public void decided(long id) {
        relay.post(() -> card.decided(id));
      }

      @Override
      public void onlyOpen(List<Question> open) {
        relay.post(() -> card.onlyOpen(open));
      }

      @Override
      public void notice(String text) {
        notices.tell(text);
      }
    };
  }

  private void restore() {
    try {
      modes.restore();
    } catch (SystemCallException e) {
      notices.tell(
          "the terminal's modes could not be restored (" + e.getMessage() + "): stty sane");
    }
  }

  @Override
  public void close() throws SystemCallException {
    restore();
    Runtime.getRuntime().removeShutdownHook(restorer);
    desk.close();
    inner.close();
    relay.close();
  }
}
