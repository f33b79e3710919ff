package dev.aegis.cli;

import picocli.CommandLine.Command;

/** {@code aegis audit}: the record of everything that was decided. */
@Command(
    name = "audit",
    description = "Verify, show and export the record of everything that was decided.",
    subcommands = {
      AuditVerifyCommand.class,
      AuditShowCommand.class,
      AuditExportCommand.class,
      AuditReportCommand.class
    })
final class AuditCommand {}
