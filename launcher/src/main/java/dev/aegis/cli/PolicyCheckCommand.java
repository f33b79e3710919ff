package dev.aegis.cli;

import dev.aegis.config.ConfigException;
import dev.aegis.launcher.check.BadQuestionException;
import dev.aegis.launcher.check.Checks;
import dev.aegis.launcher.check.Outcome;
import dev.aegis.policy.Decision;
import dev.aegis.policy.Verdict;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code aegis policy check}: what the policy would say of a command. */
@Command(
    name = "check",
    customSynopsis = {
      "aegis policy check [--json] [--cwd D] [--profile P] -- <command…>",
      "       aegis policy check --batch FILE|- [--cwd D] [--profile P]"
    },
    description = "Say what the policy would answer; runs nothing and needs no daemon.",
    footer = {
      "",
      "One argument is a shell command line, several are a program with its arguments.",
      "A batch is JSON Lines: {\"id\":…,\"command\":\"…\",\"cwd\":\"…\",\"home\":\"…\"}, or \"argv\":[…], or",
      "\"tool\":\"read_file\",\"path\":\"…\" instead of a command. Answers come in the same order.",
      "Exit codes: 0 allowed (a batch: all lines understood), 6 asked or denied."
    })
final class PolicyCheckCommand implements Callable<Integer> {

  private final Caller caller;

  @Mixin private PolicyChoice choice;

  @Option(names = "--json", description = "Print as JSON.")
  private boolean json;

  @Option(
      names = "--batch",
      paramLabel = "FILE",
      description = "Judge JSON Lines from a file, or from standard input with -.")
  private String batch;

  @Parameters(arity = "0..*", paramLabel = "command", description = "What would be run.")
  private List<String> words = new ArrayList<>();

  PolicyCheckCommand(Caller caller) {
    this.caller = caller;
  }

  @Override
  public Integer call() throws CliException, ConfigException, IOException {
    if ((batch == null) == words.isEmpty()) {
      throw new CliException(ExitCode.GENERAL, "give a command behind --, or --batch FILE");
    }
    Checks checks = choice.checks(caller);
    return batch == null ? one(checks) : many(checks);
  }

  private int one(Checks checks) throws CliException {
    Decision decision = decide(checks, words);
    if (json) {
      Json.print(caller.out(), Outcome.full(decision));
    } else {
      new DecisionText(caller.out()).brief(decision);
    }
    return decision.verdict() == Verdict.ALLOW ? ExitCode.SUCCESS : ExitCode.SECURITY;
  }

  static Decision decide(Checks checks, List<String> words) throws CliException {
    try {
      return words.size() == 1 ? checks.command(words.get(0)) : checks.vector(words);
    } catch (BadQuestionException e) {
      throw new CliException(ExitCode.GENERAL, e.getMessage(), e);
    }
  }

  private int many(Checks checks) throws CliException, IOException {
    /* The caller's stream flushes at every line, which a thousand lines a second need not. */
    PrintStream out = new PrintStream(caller.out(), false, StandardCharsets.UTF_8);
    try (BufferedReader in = open()) {
      boolean understood = checks.batch(in, out);
      if (!understood) {
        throw new CliException(
            ExitCode.GENERAL, "some lines were not understood; their answers say why");
      }
      return ExitCode.SUCCESS;
    }
  }

  private BufferedReader open() throws CliException, IOException {
    if (batch.equals("-")) {
      return new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    }
    try {
      return Files.newBufferedReader(Path.of(batch));
    } catch (NoSuchFileException e) {
      throw new CliException(ExitCode.GENERAL, "no such file: " + batch, e);
    }
  }
}
