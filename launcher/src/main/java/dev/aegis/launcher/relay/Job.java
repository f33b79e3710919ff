package dev.aegis.launcher.relay;

import dev.aegis.launcher.os.Child;
import dev.aegis.launcher.os.JobControl;
import dev.aegis.launcher.os.SignalNumber;
import dev.aegis.launcher.os.SignalRoute;
import dev.aegis.launcher.os.SystemCallException;
import dev.aegis.launcher.os.TerminalModes;
import java.io.IOException;

/**
 * The wrapped run as a job of the user's shell: it stops and continues with the wrapped program,
 * and passes on the signals that are sent to it.
 */
final class Job implements AutoCloseable {

  private enum Wish {
    NONE,
    STOP,
    CONTINUE
  }

  private final Relay relay;
  private final TerminalModes modes;
  private final SignalRoute signals = new SignalRoute();
  private Child child;
  private Wish wish = Wish.NONE;
  private boolean suspended;

  Job(Relay relay, TerminalModes modes) {
    this.relay = relay;
    this.modes = modes;
  }

  /** Begins to follow the child and this process's signals. */
  void begin(Child started) {
    child = started;
    signals.lead("WINCH", () -> relay.post(relay::followSize));
    signals.lead("CONT", () -> relay.post(() -> wish = Wish.CONTINUE));
    leadStop();
    pass("TERM", SignalNumber.TERM);
    pass("HUP", SignalNumber.HUP);
    pass("INT", SignalNumber.INT);
    Thread waiter = new Thread(this::await, "wrapped program");
    waiter.setDaemon(true);
    waiter.start();
  }

  private void pass(String name, int number) {
    signals.lead(name, () -> child.signal(number));
  }

  private void leadStop() {
    signals.lead("TSTP", () -> child.signal(SignalNumber.TSTP));
  }

  private void await() {
    try {
      Child.Change change = child.await();
      while (!(change instanceof Child.Ended)) {
        if (change instanceof Child.Stopped) {
          relay.post(() -> wish = Wish.STOP);
        }
        change = child.await();
      }
      int status = ((Child.Ended) change).status();
      relay.post(() -> relay.childEnded(status));
    } catch (SystemCallException e) {
      throw new IllegalStateException("the starter cannot be waited for", e);
    }
  }

  boolean isSuspended() {
    return suspended;
  }

  /** Does what a post wished for, outside of all other work. */
  void followUp() throws IOException {
    Wish now = wish;
    wish = Wish.NONE;
    switch (now) {
      case STOP -> stop();
      case CONTINUE -> goOn();
      case NONE -> {}
    }
  }

  private void stop() throws IOException {
    relay.takeScreenBack();
    relay.drain();
    modes.restore();
    if (JobControl.canBeStopped()) {
      suspended = true;
      signals.defaultEffect("TSTP");
      JobControl.stopJob();
    } else {
      goOn();
    }
  }

  private void goOn() throws SystemCallException {
    if (suspended) {
      suspended = false;
      leadStop();
    }
    modes.makeRawAgain();
    relay.followSize();
    child.signal(SignalNumber.CONT);
  }

  @Override
  public void close() throws SystemCallException {
    modes.restore();
    signals.close();
  }
}
