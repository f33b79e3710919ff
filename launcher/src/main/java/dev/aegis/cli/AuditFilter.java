package dev.aegis.cli;

import dev.aegis.launcher.ControlClient;
import dev.aegis.launcher.audit.AuditPages;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that say which rows of the audit log are meant. */
final class AuditFilter {

  @Option(
      names = "--since",
      paramLabel = "TIME",
      converter = PointInTime.class,
      description = "Only from this time on, such as 2026-01-31T09:00:00Z or 2026-01-31.")
  private Instant since;

  @Option(names = "--session", paramLabel = "ID", description = "Only rows of this session.")
  private String session;

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      description = "Only this kind, or the kinds below it: operation.denied, approval.")
  private String kind;

  /** Return those rows. */
  AuditPages pages(ControlClient daemon) {
    return new AuditPages(
        daemon,
        Optional.ofNullable(session),
        Optional.ofNullable(kind),
        Optional.ofNullable(since));
  }
}
