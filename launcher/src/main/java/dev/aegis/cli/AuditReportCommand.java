package dev.aegis.cli;

import dev.aegis.config.ConfigException;
import dev.aegis.launcher.ControlClient;
import dev.aegis.launcher.ControlException;
import dev.aegis.launcher.audit.AuditPages;
import dev.aegis.launcher.audit.SessionReport;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code aegis audit report}: what one session did, on a page. */
@Command(
    name = "report",
    description = "Tell what a session did, what was held, who decided and what was deleted.")
final class AuditReportCommand implements Callable<Integer> {

  private final Caller caller;

  @Parameters(paramLabel = "<session>", description = "As aegis audit show names it.")
  private String session;

  @Option(names = "--json", description = "Print as JSON, with every entry.")
  private boolean json;

  AuditReportCommand(Caller caller) {
    this.caller = caller;
  }

  @Override
  public Integer call() throws CliException, ConfigException, ControlException, IOException {
    SessionReport report = new SessionReport(session);
    try (ControlClient daemon = caller.daemon().connectOrStart()) {
      new AuditPages(daemon, Optional.of(session), Optional.empty(), Optional.empty())
          .forEach(report::hear);
    }
    if (report.isEmpty()) {
      throw new CliException(
          ExitCode.GENERAL,
          "the audit log has no session \"%s\": see aegis audit show --kind session.started"
              .formatted(Printable.of(session)));
    }
    if (json) {
      Json.print(caller.out(), report.json());
    } else {
      new ReportPage(caller.out()).print(report.json());
    }
    return ExitCode.SUCCESS;
  }
}
