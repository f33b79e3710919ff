package dev.aegis.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.aegis.config.ConfigException;
import dev.aegis.launcher.ControlClient;
import dev.aegis.launcher.ControlException;
import dev.aegis.launcher.audit.AuditRow;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code aegis audit show}: the newest rows, one a line. */
@Command(name = "show", description = "Show the newest rows of the audit log, oldest first.")
final class AuditShowCommand implements Callable<Integer> {

  private static final int MOST_LINES = 1_000;
  private static final int WIDTH = 110;

  private final Caller caller;

  @Spec private CommandSpec spec;

  @Option(
      names = "--lines",
      paramLabel = "N",
      defaultValue = "50",
      description = "The newest so many, 1 to 1000 (default: ${DEFAULT-VALUE}).")
  private int lines;

  @Mixin private AuditFilter filter;

  @Option(names = "--json", description = "Print as JSON.")
  private boolean json;

  AuditShowCommand(Caller caller) {
    this.caller = caller;
  }

  @Override
  public Integer call() throws ConfigException, ControlException, IOException {
    if (lines < 1 || lines > MOST_LINES) {
      throw new ParameterException(
          spec.commandLine(),
          "--lines: expected a number from 1 to " + MOST_LINES + ", found \"" + lines + '"');
    }
    List<AuditRow> rows;
    try (ControlClient daemon = caller.daemon().connectOrStart()) {
      rows = filter.pages(daemon).newest(lines);
    }
    if (json) {
      ArrayNode all = new ObjectMapper().createArrayNode();
      rows.forEach(row -> all.add(row.json()));
      Json.print(caller.out(), all);
    } else if (rows.isEmpty()) {
      caller.out().println("no such rows");
    } else {
      print(rows);
    }
    return ExitCode.SUCCESS;
  }

  private void print(List<AuditRow> rows) {
    Table table = new Table("ROW", "AT", "SESSION", "KIND", "WHAT");
    rows.forEach(
        row ->
            table.add(
                Long.toString(row.sequence()),
                row.at().toString(),
                Printable.of(row.session()),
                Printable.of(row.kind()),
                Printable.of(AuditText.of(row), WIDTH)));
    table.print(caller.out());
  }
}
