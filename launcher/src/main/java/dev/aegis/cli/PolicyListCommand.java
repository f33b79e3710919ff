package dev.aegis.cli;

import dev.aegis.config.ConfigException;
import dev.aegis.policy.rules.RuleSummary;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code aegis policy list}: the rules of all layers, in the order in which they speak. */
@Command(name = "list", description = "List the rules of all layers in the order they speak.")
final class PolicyListCommand implements Callable<Integer> {

  private final Caller caller;

  @Mixin private PolicyChoice choice;

  @Option(names = "--json", description = "Print as JSON.")
  private boolean json;

  PolicyListCommand(Caller caller) {
    this.caller = caller;
  }

  @Override
  public Integer call() throws CliException, ConfigException, IOException {
    List<RuleSummary> rules = choice.load(caller).rules();
    if (json) {
      List<Map<String, Object>> all = new ArrayList<>();
      rules.forEach(rule -> all.add(json(rule)));
      Json.print(caller.out(), all);
      return ExitCode.SUCCESS;
    }
    Table table = new Table("LAYER", "PRIORITY", "ACTION", "RULE", "REASON");
    for (RuleSummary rule : rules) {
      table.add(
          rule.layer().label(),
          Integer.toString(rule.priority()),
          rule.verdict().label(),
          Printable.of(rule.name()),
          Printable.of(rule.reason()));
    }
    table.print(caller.out());
    return ExitCode.SUCCESS;
  }

  private static Map<String, Object> json(RuleSummary rule) {
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("layer", rule.layer().label());
    value.put("name", rule.name());
    value.put("priority", rule.priority());
    value.put("action", rule.verdict().label());
    value.put("reason", rule.reason());
    value.put("file", rule.file());
    value.put("line", rule.line());
    return value;
  }
}
