package dev.aegis.agent;

import java.lang.instrument.Instrumentation;

/**
 * The entry of {@code -javaagent:aegis-agent.jar}.
 *
 * <p>It checks its options and does nothing else yet: it hooks no operation, and a JVM that carries
 * it is supervised by the native side exactly as one that does not. Nothing is registered and
 * nothing is printed, so that nobody takes its presence for coverage.
 */
public final class Agent {
  private Agent() {}

  /**
   * Starts before the program's own {@code main}.
   *
   * @param options what stands after {@code =}; null when nothing does
   * @throws IllegalArgumentException when an option is not known: the JVM then ends before the
   *     program starts
   */
  public static void premain(String options, Instrumentation instrumentation) {
    Options.check(options);
  }

  /**
   * Starts in a JVM that already runs.
   *
   * @param options as for {@link #premain}
   * @throws IllegalArgumentException when an option is not known: the attach then fails
   */
  public static void agentmain(String options, Instrumentation instrumentation) {
    Options.check(options);
  }
}
