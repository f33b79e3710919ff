package dev.aegis.launcher;

import java.io.PrintStream;
import java.util.Map;
import java.util.Objects;

/** One wrapped run: from the request to the exit status that a shell would report. */
public final class WrapSession {

  private final Map<String, String> environment;
  private final PrintStream messages;

  /**
   * A run in the user's surroundings.
   *
   * @param environment the environment of this process, as {@code System.getenv()} gives it
   * @param messages where notices and the summary go: standard error
   */
  public WrapSession(Map<String, String> environment, PrintStream messages) {
    this.environment = Map.copyOf(environment);
    this.messages = Objects.requireNonNull(messages, "messages");
  }

  /**
   * Runs the wrapped program under supervision and waits for its end.
   *
   * @return its exit status as a shell reports it: 128 + n when signal n ended it
   * @throws LaunchException when it cannot be started under supervision
   */
  public int run(WrapRequest request) throws LaunchException {
    messages.flush();
    throw new LaunchException(
        1, "cannot start " + request.tool() + " with " + environment.size() + " variables");
  }
}
