package dev.aegis.policy.meaning;

import dev.aegis.policy.Surroundings;
import java.util.EnumMap;
import java.util.Map;

/** What creating, changing or renaming a file means. */
final class WriteMeaning {
  /** Family of what Aegis and agents read as their orders. */
  static final String OBEYED_BY_US = "supervision";

  /** Family of what records commands. */
  static final String RECORD = "secret.read.history";

  private static final Meaning EVIDENCE =
      Meaning.of("evidence.erase", 60, "changes the record of what was done");

  private static final Meaning MEMORY =
      Meaning.of(
          "trace.attach", 60, "writes into a running program, past the protection of its code");

  private final FileIndex persistence;
  private final FileIndex secrets;
  private final Map<Place, Meaning> plain = new EnumMap<>(Place.class);

  WriteMeaning(FileIndex persistence, FileIndex secrets) {
    this.persistence = persistence;
    this.secrets = secrets;
    for (Place place : Place.values()) {
      plain.put(
          place,
          Meaning.of(
              "file.write." + place.word(), score(place), score(place) == 0 ? "" : place.text()));
    }
  }

  Meaning of(String path, Place place, String program, Surroundings s) {
    if (place == Place.TERMINAL || place == Place.PROCESS) {
      return path.startsWith("/proc/") && path.endsWith("/mem") ? MEMORY : plain.get(place);
    }
    return obeyed(path, program, s)
        .and(s.foresees() && isRecord(path, program, s) ? EVIDENCE : Meaning.NONE)
        .and(plain.get(place));
  }

  /** Return what it means beyond the file itself that it goes away. */
  Meaning ofLosing(String path, String program, Surroundings s) {
    Meaning obeyed = obeyed(path, program, s);
    return (obeyed.isWithin(OBEYED_BY_US) ? obeyed : Meaning.NONE)
        .and(isRecord(path, program, s) ? EVIDENCE : Meaning.NONE);
  }

  private Meaning obeyed(String path, String program, Surroundings s) {
    FileClass obeyed = persistence.find(path, s);
    boolean own =
        obeyed == null
            || obeyed.isOwnOf(program, path, s)
            || (obeyed.meaning().isWithin("supervision.guards") && s.askedByWrappedProgram());
    return own ? Meaning.NONE : obeyed.meaning();
  }

  private boolean isRecord(String path, String program, Surroundings s) {
    FileClass secret = secrets.find(path, s);
    return secret != null && secret.meaning().isWithin(RECORD) && !secret.isOwnOf(program, path, s);
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
