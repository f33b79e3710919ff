package dev.aegis.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Questions to whoever sits at the terminal, one line each.
 *
 * @param out where they are asked
 * @param silent when nothing may be asked
 */
record Prompt(BufferedReader in, PrintStream out, boolean silent) {

  static Prompt ofTerminal(PrintStream out, boolean silent) {
    return new Prompt(
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)), out, silent);
  }

  /**
   * Ask for a line.
   *
   * @param missing what is said when nothing may be asked, or nothing is said
   */
  String ask(String question, String missing) throws CliException, IOException {
    if (silent) {
      throw new CliException(ExitCode.CONFIGURATION, missing);
    }
    out.print(question);
    out.flush();
    String line = line();
    if (line.isEmpty()) {
      throw new CliException(ExitCode.CONFIGURATION, missing);
    }
    return line;
  }

  /** Read a line that nobody is asked for. */
  String line() throws CliException, IOException {
    String line = in.readLine();
    if (line == null) {
      throw new CliException(ExitCode.CONFIGURATION, "nothing was given: standard input has ended");
    }
    return line.strip();
  }
}
