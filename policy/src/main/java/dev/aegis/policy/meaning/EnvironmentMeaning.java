package dev.aegis.policy.meaning;

import com.google.re2j.Pattern;
import dev.aegis.policy.command.PlanStep;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tomlj.TomlArray;
import org.tomlj.TomlTable;

/** What it means to set a variable that programs obey. */
final class EnvironmentMeaning {

  private record Entry(
      Meaning meaning, Pattern harmless, Pattern harmful, Optional<Pattern> always) {}

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
              Optional.ofNullable(entry.getString("always")).map(Pattern::compile));
      List<Object> names = entry.getArrayOrEmpty("names").toList();
      names.forEach(name -> byName.put((String) name, one));
    }
  }

  Meaning of(PlanStep.Assignment assignment) {
    Entry entry = byName.get(assignment.name());
    if (entry == null) {
      return Meaning.NONE;
    }
    String value = assignment.value().text();
    if (entry.always().map(p -> p.matcher(value).find()).orElse(false)) {
      return entry.meaning();
    }
    boolean harmless = value.isEmpty() || entry.harmless().matcher(value).find();
    return harmless || !entry.harmful().matcher(value).find() ? Meaning.NONE : entry.meaning();
  }
}
