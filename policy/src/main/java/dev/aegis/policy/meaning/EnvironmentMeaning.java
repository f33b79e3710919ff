package dev.aegis.policy.meaning;

import com.google.re2j.Pattern;
import dev.aegis.policy.Surroundings;
import dev.aegis.policy.command.PlanStep;
import dev.aegis.policy.command.ProgramName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.tomlj.TomlArray;
import org.tomlj.TomlTable;

/** What it means to set a variable that programs obey. */
final class EnvironmentMeaning {

  /**
   * What is known of some variables.
   *
   * @param setBy programs that may set them for what they start
   * @param inherited false when they mean nothing in the environment of a program that starts
   * @param onlyTemporary there, only what leads to a temporary directory counts
   */
  private record Entry(
      Meaning meaning,
      Pattern harmless,
      Pattern harmful,
      Optional<Pattern> always,
      Set<String> setBy,
      boolean inherited,
      boolean onlyTemporary) {

    boolean maySet(String program, Surroundings s) {
      return setBy.contains(ProgramName.of(program)) && ProgramNames.isInstalled(program, s);
    }
  }

  private final Map<String, Entry> byName = new HashMap<>();

  /** Read {@code [[variable]]} of a file of the catalogue. */
  void read(TomlArray entries) {
    for (int i = 0; i < entries.size(); i++) {
      TomlTable entry = entries.getTable(i);
      Meaning meaning =
          Meaning.of(
              entry.getString("category"),
              (int) (long) entry.getLong("score"),
              entry.getString("reason"));
      Entry one =
          new Entry(
              meaning,
              Pattern.compile("^(?:" + entry.getString("harmless", () -> "") + ")$"),
              Pattern.compile(entry.getString("harmful", () -> "")),
              Optional.ofNullable(entry.getString("always")).map(Pattern::compile),
              entry.getArrayOrEmpty("set_by").toList().stream()
                  .map(String.class::cast)
                  .collect(Collectors.toUnmodifiableSet()),
              entry.getBoolean("inherited", () -> true),
              entry.getBoolean("only_temporary", () -> false));
      List<Object> names = entry.getArrayOrEmpty("names").toList();
      names.forEach(name -> byName.put((String) name, one));
    }
  }

  /** What a command means that sets a variable. */
  Meaning of(PlanStep.Assignment assignment) {
    Entry entry = byName.get(assignment.name());
    return entry == null ? Meaning.NONE : of(entry, assignment.value().text());
  }

  /**
   * What it means that a program starts with a variable that nobody above it in the session had.
   *
   * @param variable {@code NAME=value}
   * @param asker real path of the program that starts it
   */
  Meaning ofInherited(String variable, String asker, Surroundings s) {
    int equals = variable.indexOf('=');
    Entry entry = equals < 0 ? null : byName.get(variable.substring(0, equals));
    if (entry == null || !entry.inherited()) {
      return Meaning.NONE;
    }
    String value = variable.substring(equals + 1);
    Meaning meaning = of(entry, value);
    boolean harmless =
        meaning == Meaning.NONE
            || (entry.onlyTemporary() && !leadsToTemporary(value, s))
            || entry.maySet(asker, s)
            || s.script().map(script -> entry.maySet(script, s)).orElse(false)
            || s.isKnownSetting(variable);
    return harmless ? Meaning.NONE : meaning;
  }

  private static boolean leadsToTemporary(String value, Surroundings s) {
    return s.scratchDirectories().stream().anyMatch(value::contains);
  }

  private static Meaning of(Entry entry, String value) {
    if (entry.always().map(p -> p.matcher(value).find()).orElse(false)) {
      return entry.meaning();
    }
    boolean harmless = value.isEmpty() || entry.harmless().matcher(value).find();
    return harmless || !entry.harmful().matcher(value).find() ? Meaning.NONE : entry.meaning();
  }
}
