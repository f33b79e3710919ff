package dev.aegis.policy.rules;

import dev.aegis.operation.OperationKind;
import dev.aegis.policy.Surroundings;
import dev.aegis.policy.meaning.Landmarks;
import dev.aegis.policy.meaning.Subject;
import dev.aegis.policy.meaning.Subjects;
import dev.aegis.policy.snapshot.Automaton;
import dev.aegis.policy.snapshot.Determinizer;
import dev.aegis.policy.snapshot.PathPattern;
import dev.aegis.policy.snapshot.Snapshot;
import dev.aegis.policy.snapshot.TooLargeException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Compiles rules into the snapshot of one session: for each kind of operation the paths for which
 * the rules allow whatever else may be the case.
 */
final class SnapshotCompiler {
  private static final List<OperationKind> KINDS =
      List.of(
          OperationKind.READ_FILE,
          OperationKind.WRITE_FILE,
          OperationKind.DELETE_FILE,
          OperationKind.CHANGE_MODE);

  private final Subjects subjects;
  private final LayeredRules rules;
  private final Surroundings session;

  SnapshotCompiler(Subjects subjects, LayeredRules rules, Surroundings session) {
    this.subjects = subjects;
    this.rules = rules;
    this.session = session;
  }

  Snapshot compile() {
    Map<OperationKind, Automaton> automata = new EnumMap<>(OperationKind.class);
    for (OperationKind kind : KINDS) {
      try {
        automata.put(kind, compile(kind));
      } catch (TooLargeException e) {
        // Without an automaton the kind is asked about.
        automata.remove(kind);
      }
    }
    return new Snapshot(automata);
  }

  private Automaton compile(OperationKind kind) throws TooLargeException {
    Landmarks landmarks = subjects.landmarks(kind, session);
    List<PathPattern> patterns = new ArrayList<>(List.of(landmarks.unclear()));
    BitSet unclear = new BitSet();
    unclear.set(0);
    patterns.addAll(landmarks.places());
    Map<Condition, KnownPath.OnPath> known = new HashMap<>();
    for (Condition condition : rules.conditions(kind)) {
      if (condition.bearing(session) instanceof Bearing.Paths paths
          && !known.containsKey(condition)) {
        known.put(
            condition,
            new KnownPath.OnPath(patterns.size(), paths.paths().exact(), paths.spelledToo()));
        patterns.add(paths.paths().pattern());
      }
    }
    return Determinizer.build(
        patterns, unclear, (matched, example) -> answer(kind, example, known, matched));
  }

  private int answer(
      OperationKind kind, String example, Map<Condition, KnownPath.OnPath> known, BitSet matched) {
    List<Subject> possible = subjects.possible(kind, example, session);
    if (!allows(possible, new KnownPath(session, known, matched, false))) {
      return 0;
    }
    return allows(possible, new KnownPath(session, known, matched, true))
        ? Snapshot.ALLOW | Snapshot.ALLOW_OTHERWISE_SPELLED
        : Snapshot.ALLOW;
  }

  private boolean allows(List<Subject> possible, KnownPath path) {
    return possible.stream().allMatch(subject -> rules.surelyAllow(subject, path));
  }
}
