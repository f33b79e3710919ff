package dev.aegis.cli;

import dev.aegis.config.ConfigException;
import dev.aegis.policy.rules.LoadedPolicy;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code aegis policy test}: run the tests that the rules carry. */
@Command(
    name = "test",
    description = "Load the policy and run the tests that it carries; name everything wrong.")
final class PolicyTestCommand implements Callable<Integer> {

  private final Caller caller;

  @Mixin private PolicyChoice choice;

  PolicyTestCommand(Caller caller) {
    this.caller = caller;
  }

  @Override
  public Integer call() throws CliException, ConfigException, IOException {
    LoadedPolicy loaded = choice.load(caller);
    caller
        .out()
        .printf(
            "policy fine: %d rules, %d tests passed, profile %s%n",
            loaded.ruleCount(), loaded.testCount(), loaded.profile());
    return ExitCode.SUCCESS;
  }
}
