package dev.aegis.cli;

import dev.aegis.config.ConfigException;
import dev.aegis.policy.rules.PolicyProblem;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code aegis policy lint}: rules that never speak, and rules that contradict each other. */
@Command(
    name = "lint",
    description = "Name rules that can never speak and rules that contradict each other.")
final class PolicyLintCommand implements Callable<Integer> {

  private final Caller caller;

  @Mixin private PolicyChoice choice;

  PolicyLintCommand(Caller caller) {
    this.caller = caller;
  }

  @Override
  public Integer call() throws CliException, ConfigException, IOException {
    List<PolicyProblem> warnings = choice.load(caller).warnings();
    warnings.forEach(warning -> caller.out().println(Printable.of(warning.toString())));
    if (warnings.isEmpty()) {
      caller.out().println("nothing to complain about");
    }
    return warnings.isEmpty() ? ExitCode.SUCCESS : ExitCode.CONFIGURATION;
  }
}
