package dev.aegis.daemon.core;

import dev.aegis.config.LockOwner;
import java.io.PrintStream;
import java.util.Optional;

/** The one line that whoever started the daemon waits for; in the foreground, words for people. */
final class StarterLine {

  private static final int GENERAL = 1;

  private final boolean foreground;

  StarterLine(boolean foreground) {
    this.foreground = foreground;
  }

  /** Say that the control socket accepts; standard output then belongs to the log of the output. */
  void ready() {
    if (foreground) {
      System.out.println("daemon ready, pid " + ProcessHandle.current().pid());
      return;
    }
    say("ready");
    OwnProcess.joinOutputs();
  }

  /** Say that another daemon holds the lock; returns the exit code. */
  int busy(Optional<LockOwner> owner) {
    if (!foreground) {
      say("busy");
      return 0;
    }
    System.err.println(
        "aegis: a daemon runs already"
            + owner.map(other -> " (pid " + other.pid() + ")").orElse(""));
    return GENERAL;
  }

  /** Say why the daemon cannot run; returns the exit code. */
  int failed(int code, Exception cause) {
    String message =
        Optional.ofNullable(cause.getMessage()).orElse(cause.toString()).replace('\n', ' ');
    if (foreground) {
      System.err.println("aegis: " + message);
    } else {
      say("failed " + code + " " + message);
    }
    return code;
  }

  private static void say(String line) {
    PrintStream out = System.out;
    out.println(line);
    out.flush();
  }
}
