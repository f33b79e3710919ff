package dev.aegis.cli;

import dev.aegis.config.ConfigException;
import dev.aegis.config.OwnerOnly;
import dev.aegis.launcher.ControlClient;
import dev.aegis.launcher.ControlException;
import dev.aegis.launcher.audit.AuditPages;
import dev.aegis.launcher.review.Suggestion;
import dev.aegis.launcher.review.Suggestions;
import dev.aegis.policy.rules.Layer;
import dev.aegis.policy.rules.PolicyLoader;
import dev.aegis.policy.rules.PolicySource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code aegis policy suggest}: rules for what was always approved. */
@Command(
    name = "suggest",
    description = "Suggest rules for what was always approved, as TOML to look at.",
    footer = {
      "",
      "A suggestion covers the very same command in the same directory, or files of one directory.",
      "--write puts them into policy.d, where an allow never beats a denial or a question of higher risk."
    })
final class PolicySuggestCommand implements Callable<Integer> {

  private static final String FILE = "suggested.toml";

  private final Caller caller;

  @Spec private CommandSpec spec;

  @Option(
      names = "--at-least",
      paramLabel = "N",
      defaultValue = "3",
      description = "Approved so often, and never anything else (default: ${DEFAULT-VALUE}).")
  private int least;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      converter = PointInTime.class,
      description = "Only answers from this time on.")
  private Instant since;

  @Option(names = "--write", description = "Write them to policy.d/suggested.toml.")
  private boolean write;

  @Option(names = "--json", description = "Print as JSON.")
  private boolean json;

  PolicySuggestCommand(Caller caller) {
    this.caller = caller;
  }

  @Override
  public Integer call() throws CliException, ConfigException, ControlException, IOException {
    if (least < 1) {
      throw new ParameterException(
          spec.commandLine(), "--at-least: expected a number from 1, found \"" + least + '"');
    }
    Suggestions suggestions = new Suggestions();
    try (ControlClient daemon = caller.daemon().connectOrStart()) {
      new AuditPages(daemon, Optional.empty(), Optional.of("approval"), Optional.ofNullable(since))
          .forEach(suggestions::add);
    }
    List<Suggestion> all = suggestions.of(least);
    String toml = all.stream().map(Suggestion::toml).collect(Collectors.joining("\n"));
    PolicyChoice.whole(PolicyLoader.load(List.of(new PolicySource(Layer.LEARNED, FILE, toml))));
    if (json) {
      Json.print(caller.out(), all.stream().map(PolicySuggestCommand::json).toList());
    } else if (all.isEmpty()) {
      caller.out().println("nothing was approved " + least + " times and never anything else");
    } else {
      caller.out().print(toml);
    }
    if (write && !all.isEmpty()) {
      write(toml);
    }
    return ExitCode.SUCCESS;
  }

  private void write(String toml) throws CliException, ConfigException, IOException {
    caller.refuseInsideSession("aegis policy suggest --write");
    Path file = caller.home().learnedPolicies().resolve(FILE);
    if (Files.exists(file)) {
      throw new CliException(
          ExitCode.GENERAL, file + " exists: look at it, and rename or remove it first");
    }
    OwnerOnly.write(file, toml);
    caller.err().println("aegis: written to " + file);
  }

  private static Map<String, Object> json(Suggestion suggestion) {
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("name", suggestion.name());
    value.put("asked_by", suggestion.askedBy());
    value.put("times", suggestion.times());
    value.put("last_at", suggestion.last().toString());
    value.put("risk", suggestion.risk().score());
    value.put("tier", suggestion.risk().tier().label());
    value.put("toml", suggestion.toml());
    return value;
  }
}
