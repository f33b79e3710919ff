package dev.aegis.policy.meaning;

import dev.aegis.policy.Surroundings;
import java.util.EnumMap;
import java.util.Map;

/** What creating, changing or renaming a file means. */
final class WriteMeaning {
  private final FileIndex persistence;
  private final Map<Place, Meaning> plain = new EnumMap<>(Place.class);

  WriteMeaning(FileIndex persistence) {
    this.persistence = persistence;
    for (Place place : Place.values()) {
      plain.put(
          place,
          Meaning.of(
              "file.write." + place.word(), score(place), score(place) == 0 ? "" : place.text()));
    }
  }

  Meaning of(String path, Place place, String program, Surroundings s) {
    if (place == Place.TERMINAL || place == Place.PROCESS) {
      return plain.get(place);
    }
    FileClass obeyed = persistence.find(path, s);
    if (obeyed == null || obeyed.isOwnOf(program, path, s)) {
      return plain.get(place);
    }
    return obeyed.meaning().and(plain.get(place));
  }

  private static int score(Place place) {
    return switch (place) {
      case WORKSPACE, SCRATCH, OWN_STATE, TOOL_STATE, TERMINAL, PROCESS -> 0;
      case HOME -> 40;
      case ELSEWHERE -> 50;
      case FOREIGN_PROCESS -> 85;
      case MACHINE -> 80;
    };
  }
}
