package dev.aegis.cli;

import dev.aegis.config.ConfigException;
import dev.aegis.launcher.ControlClient;
import dev.aegis.launcher.ControlException;
import dev.aegis.launcher.audit.AuditRow;
import dev.aegis.launcher.audit.Cef;
import dev.aegis.launcher.audit.Csv;
import dev.aegis.launcher.audit.ExportFormat;
import dev.aegis.launcher.audit.JsonLines;
import dev.aegis.launcher.audit.Ocsf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code aegis audit export}: every row, for another program. */
@Command(name = "export", description = "Write every row of the audit log to standard output.")
final class AuditExportCommand implements Callable<Integer> {

  private final Caller caller;

  /** The formats by their word. */
  enum Format {
    JSONL,
    CSV,
    CEF,
    OCSF;

    ExportFormat writer(String host) {
      return switch (this) {
        case JSONL -> new JsonLines();
        case CSV -> new Csv();
        case CEF -> new Cef(VersionCommand.version(), host);
        case OCSF -> new Ocsf(VersionCommand.version(), host);
      };
    }
  }

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "jsonl",
      description = "jsonl, csv, cef or ocsf (default: ${DEFAULT-VALUE}).")
  private Format format;

  @Mixin private AuditFilter filter;

  AuditExportCommand(Caller caller) {
    this.caller = caller;
  }

  @Override
  public Integer call() throws ConfigException, ControlException, IOException {
    ExportFormat writer =
        format.writer(Files.readString(Path.of("/proc/sys/kernel/hostname")).strip());
    try (ControlClient daemon = caller.daemon().connectOrStart()) {
      writer.heading().ifPresent(line -> caller.out().print(line + writer.lineEnd()));
      filter.pages(daemon).forEach(row -> write(writer, row));
    }
    return ExitCode.SUCCESS;
  }

  private void write(ExportFormat writer, AuditRow row) {
    writer.lines(row).forEach(line -> caller.out().print(line + writer.lineEnd()));
  }
}
