package dev.aegis.cli;

import dev.aegis.config.ConfigException;
import dev.aegis.policy.Decision;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code aegis policy explain}: the whole plan of a command, step by step. */
@Command(
    name = "explain",
    customSynopsis = "aegis policy explain [--cwd D] [--profile P] -- <command…>",
    description = "Show how a command is understood: every step, its categories, risk and rule.")
final class PolicyExplainCommand implements Callable<Integer> {

  private final Caller caller;

  @Mixin private PolicyChoice choice;

  @Parameters(arity = "1..*", paramLabel = "command", description = "What would be run.")
  private List<String> words;

  PolicyExplainCommand(Caller caller) {
    this.caller = caller;
  }

  @Override
  public Integer call() throws CliException, ConfigException, IOException {
    Decision decision = PolicyCheckCommand.decide(choice.checks(caller), words);
    new DecisionText(caller.out()).full(decision);
    return ExitCode.SUCCESS;
  }
}
