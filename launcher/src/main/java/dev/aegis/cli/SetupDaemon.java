package dev.aegis.cli;

import dev.aegis.config.AegisHome;
import dev.aegis.config.ConfigException;
import dev.aegis.config.LockOwner;
import dev.aegis.launcher.ControlClient;
import dev.aegis.launcher.ControlException;
import java.io.IOException;

/** The daemon at the end of a setup: its start makes the database and the key. */
final class SetupDaemon {

  private SetupDaemon() {}

  /** Start it when none runs; gives what became of it, for people. */
  static String start(Caller caller, AegisHome home)
      throws ConfigException, ControlException, IOException {
    if (LockOwner.read(home).filter(LockOwner::isAlive).isPresent()) {
      return "runs with its old configuration: aegis stop; aegis start";
    }
    try (ControlClient daemon = caller.daemon().connectOrStart()) {
      return "started, pid " + daemon.call("ping").path("pid").asLong();
    }
  }
}
