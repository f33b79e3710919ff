package dev.aegis.policy.meaning;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.aegis.policy.command.Argument;
import dev.aegis.policy.command.PlanStep;
import dev.aegis.policy.command.Redirection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a database's client is told: in words, on its input, and in files that it is to run. */
final class SqlScripts {
  private static final Meaning NAMED =
      Meaning.of("data.destroy", 60, "runs statements from a file that is called after deleting");

  private static final Set<String> FILE_OPTIONS =
      Set.of("-f", "--file", "-i", "--init", "--input-file", "--queries-file", "-init");

  /** Where a statement takes further ones from a file. */
  private static final Pattern INCLUDED =
      Pattern.compile(
          "(?im)(?:^|;)\\s*(?:\\.read|\\\\ir?|\\\\\\.|source|start|@@?)\\s*['\"]?([^\\s;'\"]+)");

  private static final Pattern DELETING =
      Pattern.compile(
          "(?i)(^|[^a-z])(drop|wipe|truncate|reset|purge|destroy|nuke|teardown|delete|erase|down|undo|rollback)([^a-z].*)?$");

  private SqlScripts() {}

  static Meaning of(
      Invocation invocation, List<Argument> operands, PlanStep step, StepContext context) {
    Meaning meaning = SqlMeaning.of(step.input().orElse(""));
    Set<String> files = new LinkedHashSet<>(included(step.input().orElse("")));
    for (String value : invocation.values()) {
      String text = value.substring(value.indexOf('=') + 1);
      if (FILE_OPTIONS.contains(value.substring(0, value.indexOf('=')))) {
        files.add(text);
      } else {
        meaning = meaning.and(SqlMeaning.of(text));
        files.addAll(included(text));
      }
    }
    for (Argument operand : operands) {
      meaning = meaning.and(SqlMeaning.of(operand.text()));
      files.addAll(included(operand.text()));
    }
    step.redirections().stream()
        .filter(r -> !r.write())
        .map(Redirection::target)
        .forEach(target -> files.add(target.text()));
    if (step.input().isEmpty()) {
      for (String file : files) {
        meaning = meaning.and(file(file, context));
      }
    }
    return meaning;
  }

  private static Set<String> included(String text) {
    Set<String> names = new LinkedHashSet<>();
    Matcher found = INCLUDED.matcher(text);
    while (found.find()) {
      names.add(found.group(1));
    }
    return names;
  }

  /** What is not there to be read goes by its name. */
  private static Meaning file(String name, StepContext context) {
    Optional<String> text = context.resolve(name).flatMap(context.surroundings()::text);
    if (text.isPresent()) {
      return SqlMeaning.of(text.get());
    }
    boolean named = context.surroundings().foresees() && DELETING.matcher(Paths.name(name)).find();
    return named ? NAMED : Meaning.NONE;
  }
}
