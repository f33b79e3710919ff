package dev.aegis.cli;

import picocli.CommandLine.Command;

/** {@code aegis audit}: the record of everything that was decided. */
@Command(
    name = "audit",
    description = "Verify the record of everything that was decided.",
    subcommands = AuditVerifyCommand.class)
final class AuditCommand {}
