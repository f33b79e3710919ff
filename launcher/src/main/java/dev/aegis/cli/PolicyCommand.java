package dev.aegis.cli;

import picocli.CommandLine.Command;

/** {@code aegis policy}: what the rules say, without running anything. */
@Command(
    name = "policy",
    description = "Ask the policy, test it, and list its rules; runs nothing.",
    subcommands = {
      PolicyCheckCommand.class,
      PolicyExplainCommand.class,
      PolicyTestCommand.class,
      PolicyListCommand.class,
      PolicyLintCommand.class,
      PolicySuggestCommand.class,
      PolicyReplayCommand.class,
      PolicyTrustCommand.class
    })
final class PolicyCommand {}
