package dev.aegis.cli;

import dev.aegis.config.Spelling;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code aegis help}: what a command does and takes. */
@Command(name = "help", description = "Explain Aegis or one of its commands.")
final class HelpCommand implements Callable<Integer> {

  private final Caller caller;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "command", description = "Such as wrap, or approvals list.")
  private List<String> words = new ArrayList<>();

  HelpCommand(Caller caller) {
    this.caller = caller;
  }

  @Override
  public Integer call() throws CliException {
    CommandLine command = spec.root().commandLine();
    for (String word : words) {
      CommandLine next = command.getSubcommands().get(word);
      if (next == null) {
        throw unknown(word, List.copyOf(command.getSubcommands().keySet()));
      }
      command = next;
    }
    command.usage(caller.out());
    return ExitCode.SUCCESS;
  }

  private static CliException unknown(String word, List<String> known) {
    Optional<String> nearest = Spelling.nearest(word, known);
    return new CliException(
        ExitCode.GENERAL,
        "unknown command \"%s\": %s"
            .formatted(
                Printable.of(word),
                nearest.isPresent()
                    ? "did you mean \"" + nearest.get() + "\"?"
                    : "see aegis help"));
  }
}
