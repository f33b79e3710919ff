package dev.aegis.cli;

import dev.aegis.config.AegisConfig.LogLevel;
import picocli.CommandLine.Option;

/** The option {@code --log-level}, where a command has one. */
final class LogLevelOption {

  @Option(
      names = "--log-level",
      paramLabel = "LEVEL",
      description = "One of DEBUG, INFO, WARNING, ERROR.")
  private LogLevel level;

  /** Return the level as config.toml spells it, or null when it was not given. */
  String word() {
    return level == null ? null : level.word();
  }
}
