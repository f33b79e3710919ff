package dev.aegis.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * One call of {@code aegis} within the test's JVM.
 *
 * @param exitCode how it ended
 * @param out what it printed on standard output
 * @param err what it printed on standard error
 */
record Run(int exitCode, String out, String err) {

  static Run aegis(Map<String, String> environment, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exitCode = AegisCommand.run(caller(environment, out, err), arguments);
    return new Run(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  static Caller caller(
      Map<String, String> environment, ByteArrayOutputStream out, ByteArrayOutputStream err) {
    return new Caller(
        environment,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  /** An environment for one home and nothing else. */
  static Map<String, String> home(java.nio.file.Path home, String... more) {
    Map<String, String> environment = new HashMap<>();
    environment.put("HOME", home.toString());
    environment.put("AEGIS_HOME", home.toString());
    for (int i = 0; i < more.length; i += 2) {
      environment.put(more[i], more[i + 1]);
    }
    return environment;
  }
}
