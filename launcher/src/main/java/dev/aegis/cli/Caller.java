package dev.aegis.cli;

import dev.aegis.config.AegisHome;
import dev.aegis.config.ConfigException;
import dev.aegis.launcher.DaemonStarter;
import java.io.PrintStream;
import java.util.Map;

/**
 * Who called {@code aegis}: the environment it was called in and where its output goes.
 *
 * @param environment variables by name
 * @param out standard output: results
 * @param err standard error: everything else
 */
record Caller(Map<String, String> environment, PrintStream out, PrintStream err) {

  /* Set by the daemon for every process of a session and put back on every exec. */
  private static final String SESSION_VARIABLE = "AEGIS_SESSION";

  Caller {
    environment = Map.copyOf(environment);
  }

  AegisHome home() throws ConfigException {
    return AegisHome.of(environment);
  }

  DaemonStarter daemon() throws ConfigException {
    return new DaemonStarter(home(), environment);
  }

  /**
   * Refuse what nobody supervised may do. The daemon refuses it by the kernel's word as well; this
   * only says so earlier and better.
   *
   * @param command as the user knows it, such as {@code aegis stop}
   */
  void refuseInsideSession(String command) throws CliException {
    if (environment.containsKey(SESSION_VARIABLE)) {
      throw new CliException(
          ExitCode.SECURITY,
          command + " is refused inside a session: run it in a terminal that is not supervised");
    }
  }
}
