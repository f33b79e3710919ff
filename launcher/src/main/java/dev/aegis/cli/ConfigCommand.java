package dev.aegis.cli;

import picocli.CommandLine.Command;

/** {@code aegis config}: read and write the configuration. */
@Command(
    name = "config",
    description = "Read and write the configuration.",
    subcommands = {
      ConfigGetCommand.class,
      ConfigSetCommand.class,
      ConfigListCommand.class,
      ConfigValidateCommand.class,
      ConfigPathCommand.class
    })
final class ConfigCommand {}
