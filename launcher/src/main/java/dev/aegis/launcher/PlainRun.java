package dev.aegis.launcher;

import dev.aegis.launcher.os.Child;
import dev.aegis.launcher.os.OwnProcess;
import dev.aegis.launcher.os.SignalNumber;
import dev.aegis.launcher.os.SignalRoute;
import dev.aegis.launcher.os.SystemCallException;

/**
 * A run without a terminal of its own: the program has the user's descriptors as they are and is in
 * the same process group, so that keys reach it directly; this process only waits.
 */
final class PlainRun {

  private PlainRun() {}

  /** Waits for the end and returns the status as a shell reports it. */
  static int await(Child child) throws SystemCallException {
    OwnProcess.ignoreQuit();
    try (SignalRoute signals = new SignalRoute()) {
      signals.passOver("INT");
      signals.lead("TERM", () -> child.signal(SignalNumber.TERM));
      signals.lead("HUP", () -> child.signal(SignalNumber.HUP));
      Child.Change change = child.await();
      while (!(change instanceof Child.Ended)) {
        change = child.await();
      }
      return ((Child.Ended) change).status();
    }
  }
}
