package dev.aegis.cli;

import dev.aegis.config.ConfigException;
import dev.aegis.launcher.ControlClient;
import dev.aegis.launcher.ControlException;
import dev.aegis.launcher.audit.AuditPages;
import dev.aegis.launcher.check.Checks;
import dev.aegis.launcher.check.Outcome;
import dev.aegis.launcher.check.Whereabouts;
import dev.aegis.launcher.review.Replay;
import dev.aegis.policy.rules.PolicyLoader;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code aegis policy replay}: what another policy would have decided on the log. */
@Command(
    name = "replay",
    description = "Say what another policy would have decided on what the audit log holds.",
    footer = {
      "",
      "Name the other one with --profile or --policy; without, the policy in force is tried on the past.",
      "Reads that were allowed are not in the log. What can no longer be told is counted as uncertain."
    })
final class PolicyReplayCommand implements Callable<Integer> {

  private static final int WIDTH = 90;

  private final Caller caller;

  @Mixin private PolicyChoice choice;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      converter = PointInTime.class,
      description = "Only from this time on, such as 2026-01-31T09:00:00Z or 2026-01-31.")
  private Instant since;

  @Option(names = "--session", paramLabel = "ID", description = "Only what this session did.")
  private String session;

  @Option(names = "--json", description = "Print as JSON.")
  private boolean json;

  PolicyReplayCommand(Caller caller) {
    this.caller = caller;
  }

  @Override
  public Integer call() throws CliException, ConfigException, ControlException, IOException {
    Whereabouts here = choice.whereabouts(caller);
    Checks inForce =
        new Checks(
            PolicyChoice.whole(PolicyLoader.load(choice.inForce(caller))).engine().orElseThrow(),
            here);
    Replay replay =
        new Replay(inForce, new Checks(choice.load(caller).engine().orElseThrow(), here));
    try (ControlClient daemon = caller.daemon().connectOrStart()) {
      new AuditPages(
              daemon, Optional.ofNullable(session), Optional.empty(), Optional.ofNullable(since))
          .forEach(replay::add);
    }
    Replay.Outcome outcome = replay.outcome();
    if (json) {
      Json.print(caller.out(), json(outcome));
    } else {
      print(outcome);
    }
    return ExitCode.SUCCESS;
  }

  private void print(Replay.Outcome outcome) {
    caller
        .out()
        .printf(
            "decided alike: %d   otherwise: %d   uncertain, since files have changed: %d   not judged: %d%n",
            outcome.same(),
            outcome.differences().size(),
            outcome.uncertain(),
            outcome.notJudged().values().stream().mapToInt(Integer::intValue).sum());
    if (outcome.differences().isEmpty()) {
      return;
    }
    Table table = new Table("THEN", "WITH IT", "BY RULE", "TIMES", "WHAT");
    for (Replay.Difference difference : outcome.differences()) {
      table.add(
          difference.recorded().label(),
          difference.decision().verdict().label(),
          Printable.of(difference.decision().rule()),
          Integer.toString(difference.times()),
          Printable.of(difference.command(), WIDTH));
    }
    table.print(caller.out());
  }

  private static Map<String, Object> json(Replay.Outcome outcome) {
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("same", outcome.same());
    value.put("uncertain", outcome.uncertain());
    value.put("not_judged", outcome.notJudged());
    List<Map<String, Object>> all = new ArrayList<>();
    for (Replay.Difference difference : outcome.differences()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("first_at", difference.first().toString());
      one.put("session", difference.session());
      one.put("tool", difference.tool());
      one.put("command", difference.command());
      one.put("path", difference.path());
      one.put("cwd", difference.cwd());
      one.put("times", difference.times());
      one.put("recorded", difference.recorded().label());
      one.putAll(Outcome.brief(difference.decision()));
      all.add(one);
    }
    value.put("differences", all);
    return value;
  }
}
