package dev.aegis.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The {@code aegis} command. */
@Command(
    name = "aegis",
    description = "A local firewall and approval layer for AI coding agents.",
    synopsisSubcommandLabel = "<command>",
    subcommands = {
      SetupCommand.class,
      WrapCommand.class,
      ApprovalsCommand.class,
      GrantsCommand.class,
      PauseCommand.class,
      ResumeCommand.class,
      StatusCommand.class,
      StartCommand.class,
      StopCommand.class,
      ConfigCommand.class,
      AuditCommand.class,
      PolicyCommand.class,
      LogsCommand.class,
      VersionCommand.class,
      HelpCommand.class
    },
    footer = {
      "",
      "Exit codes: 0 success, 1 general, 2 configuration, 3 environment, 4 network,",
      "5 permission, 6 security violation, 7 dependency missing, 8 state corruption."
    })
final class AegisCommand implements Runnable {

  private static final int USAGE_WIDTH = 100;

  private final Caller caller;
  private CommandLine commandLine;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Explain this command.")
  @SuppressWarnings("UnusedVariable") // picocli acts on it
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Print the version of Aegis.")
  @SuppressWarnings("UnusedVariable") // picocli acts on it
  private boolean version;

  AegisCommand(Caller caller) {
    this.caller = caller;
  }

  /** Run the command; return its exit code. */
  static int run(Caller caller, String... arguments) {
    return new AegisCommand(caller).execute(arguments);
  }

  private int execute(String... arguments) {
    commandLine = commandLine();
    return commandLine.execute(arguments);
  }

  /** Build the whole command as picocli sees it. */
  CommandLine commandLine() {
    Failures failures = new Failures(caller);
    CommandLine whole =
        new CommandLine(this, new CommandFactory(caller))
            .setExpandAtFiles(false)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setUsageHelpWidth(USAGE_WIDTH)
            .registerConverter(Integer.class, WholeNumber.of(Integer::valueOf))
            .registerConverter(Integer.TYPE, WholeNumber.of(Integer::valueOf))
            .registerConverter(Long.class, WholeNumber.of(Long::valueOf))
            .registerConverter(Long.TYPE, WholeNumber.of(Long::valueOf))
            .setExecutionExceptionHandler(failures)
            .setParameterExceptionHandler(failures)
            .setOut(new PrintWriter(caller.out(), true, StandardCharsets.UTF_8))
            .setErr(new PrintWriter(caller.err(), true, StandardCharsets.UTF_8));
    whole.getCommandSpec().version(VersionCommand.line());
    whole.getSubcommands().get("wrap").setStopAtPositional(true);
    return whole;
  }

  @Override
  public void run() {
    commandLine.usage(caller.out());
  }
}
