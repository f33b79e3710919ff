package dev.aegis.cli;

import dev.aegis.config.AegisConfig.LogLevel;
import dev.aegis.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code aegis logs}: the daemon's log. */
@Command(name = "logs", description = "Show the daemon's log.")
final class LogsCommand implements Callable<Integer> {

  private final Caller caller;

  @Option(names = "--follow", description = "Go on with new lines until interrupted.")
  private boolean follow;

  @Option(
      names = "--lines",
      paramLabel = "N",
      defaultValue = "50",
      description = "The last so many entries (default: ${DEFAULT-VALUE}).")
  private int lines;

  @Option(
      names = "--level",
      paramLabel = "LEVEL",
      defaultValue = "DEBUG",
      description = "Only this level and above: DEBUG, INFO, WARNING, ERROR.")
  private LogLevel level;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      converter = PointInTime.class,
      description = "Only from this time on, such as 2026-01-31T09:00:00Z or 2026-01-31.")
  private Instant since = Instant.EPOCH;

  @Option(names = "--json", description = "Print one JSON value a line.")
  private boolean json;

  LogsCommand(Caller caller) {
    this.caller = caller;
  }

  @Override
  public Integer call() throws CliException, ConfigException, IOException, InterruptedException {
    Path file = caller.home().logFile();
    if (!Files.exists(file) && !follow) {
      throw new CliException(
          ExitCode.GENERAL, file + " does not exist: the daemon was not started yet");
    }
    LogTail tail =
        new LogTail(
            file, entry -> entry.level().compareTo(level) >= 0 && !entry.time().isBefore(since));
    tail.last(Math.max(0, lines)).forEach(this::print);
    while (follow && !caller.out().checkError()) {
      tail.awaitMore().forEach(this::print);
    }
    return ExitCode.SUCCESS;
  }

  private void print(LogTail.Entry entry) {
    if (json) {
      Json.printLine(caller.out(), entry.first().json());
    } else {
      entry.lines().forEach(line -> caller.out().println(Printable.of(line)));
    }
  }
}
