package dev.aegis.agent;

/** The text after {@code -javaagent:aegis-agent.jar=}. None is defined yet, so all are mistakes. */
final class Options {
  private Options() {}

  static void check(String options) {
    if (options == null || options.isBlank()) {
      return;
    }
    throw new IllegalArgumentException(
        "aegis-agent: unknown option '"
            + options
            + "': this version takes none; write -javaagent:aegis-agent.jar without '='");
  }
}
