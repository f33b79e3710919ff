package dev.aegis.policy.rules;

import dev.aegis.policy.meaning.Glob;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What must be seen of a subject for a rule to have anything to do with it. Each key of a match
 * gives a choice of clues, one of which every subject has that the key matches; or no choice, where
 * that cannot be told.
 */
final class Clues {
  /** So many characters of a text are a clue. */
  static final int GRAM = 4;

  private static final String WILD = "*?[{\\";

  private Clues() {}

  /** Where a clue is looked for. */
  enum Place {
    PATH,
    COMMAND,
    PROGRAM,
    WORD,
    CATEGORY,
    HOST
  }

  /**
   * One clue.
   *
   * @param text of PATH and COMMAND a text that must stand in it, of the others all of it
   */
  record Clue(Place place, String text) {}

  /** Return for each key that gives some the alternatives. */
  static List<List<Clue>> of(Map<String, List<String>> match) {
    List<List<Clue>> all = new ArrayList<>();
    match.forEach((key, values) -> of(key, values).ifPresent(all::add));
    // All of the arguments must be there, so that each is a choice of its own.
    match.getOrDefault("args", List.of()).stream()
        .filter(Clues::isPlain)
        .forEach(word -> all.add(List.of(new Clue(Place.WORD, word))));
    return all;
  }

  private static Optional<List<Clue>> of(String key, List<String> values) {
    return switch (key) {
      case "path_glob" -> each(values, v -> text(Place.PATH, Glob.plainTextOf(v)));
      case "path_pattern" -> patterns(Place.PATH, values);
      case "command_pattern" -> patterns(Place.COMMAND, values);
      case "program" -> each(values, v -> word(Place.PROGRAM, v, v.indexOf('/') < 0));
      case "host_glob" -> each(values, v -> word(Place.HOST, v, isPlain(v)));
      case "category" -> each(values, v -> word(Place.CATEGORY, v, true));
      default -> Optional.empty();
    };
  }

  private static Optional<Clue> word(Place place, String text, boolean known) {
    return known ? Optional.of(new Clue(place, text)) : Optional.empty();
  }

  private static Optional<Clue> text(Place place, String text) {
    return word(place, text, text.length() >= GRAM);
  }

  private static Optional<List<Clue>> patterns(Place place, List<String> regexes) {
    List<Clue> all = new ArrayList<>();
    for (String regex : regexes) {
      Optional<List<String>> literals = RequiredLiterals.of(regex);
      if (literals.isEmpty()) {
        return Optional.empty();
      }
      Optional<List<Clue>> clues = each(literals.get(), literal -> text(place, literal));
      if (clues.isEmpty()) {
        return Optional.empty();
      }
      all.addAll(clues.get());
    }
    return Optional.of(all);
  }

  @FunctionalInterface
  private interface Reader {
    Optional<Clue> read(String value);
  }

  /** One alternative that gives no clue leaves none. */
  private static Optional<List<Clue>> each(List<String> values, Reader reader) {
    List<Clue> all = new ArrayList<>();
    for (String value : values) {
      Optional<Clue> clue = reader.read(value);
      if (clue.isEmpty()) {
        return Optional.empty();
      }
      all.add(clue.get());
    }
    return Optional.of(all);
  }

  private static boolean isPlain(String glob) {
    return glob.chars().noneMatch(c -> WILD.indexOf(c) >= 0 || c == '}' || c == ']');
  }

  /** Return the parts of a text that are looked up. */
  static Set<Long> grams(String text) {
    Set<Long> grams = new LinkedHashSet<>();
    long gram = 0;
    for (int i = 0; i < text.length(); i++) {
      gram = (gram << Character.SIZE) | text.charAt(i);
      if (i >= GRAM - 1) {
        grams.add(gram);
      }
    }
    return grams;
  }
}
