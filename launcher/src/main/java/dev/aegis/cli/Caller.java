package dev.aegis.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aegis.config.AegisHome;
import dev.aegis.config.ConfigException;
import dev.aegis.launcher.ControlClient;
import dev.aegis.launcher.ControlException;
import dev.aegis.launcher.DaemonStarter;
import dev.aegis.launcher.os.Descriptors;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
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
  private static final int STDIN = 0;
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

  /** Ask the daemon, which is started when it does not run. */
  JsonNode ask(String call, Map<String, ?> arguments)
      throws ConfigException, ControlException, IOException {
    try (ControlClient client = daemon().connectOrStart()) {
      return client.call(call, arguments);
    }
  }

  /**
   * Ask whoever sits at the terminal whether something is meant.
   *
   * @param question one or more lines
   * @throws CliException when nobody can be asked
   */
  boolean confirms(String question) throws CliException, IOException {
    if (!Descriptors.isTerminal(STDIN)) {
      throw new CliException(
          ExitCode.GENERAL, "nobody can be asked, since this is no terminal: add --yes");
    }
    out.print(question + "Type yes to confirm: ");
    out.flush();
    String answer =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
    return answer != null && answer.strip().equals("yes");
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
