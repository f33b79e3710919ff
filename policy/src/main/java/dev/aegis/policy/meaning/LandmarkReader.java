package dev.aegis.policy.meaning;

import dev.aegis.operation.OperationKind;
import dev.aegis.policy.Surroundings;
import dev.aegis.policy.snapshot.PathPattern;
import java.util.ArrayList;
import java.util.List;

/** Finds the landmarks of one session for one kind of operation. */
final class LandmarkReader {
  private final Surroundings surroundings;
  private final List<PathPattern> places = new ArrayList<>();

  LandmarkReader(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  Landmarks read(OperationKind kind, FileKnowledge knowledge) {
    // Devices and processes are more than their names.
    List<PathPattern> unclear =
        new ArrayList<>(List.of(PathPattern.within("/dev"), PathPattern.within("/proc")));
    List<Glob> named = new ArrayList<>();
    switch (kind) {
      case READ_FILE -> named.addAll(knowledge.secrets().globs(""));
      case DELETE_FILE -> {
        named.addAll(knowledge.secrets().globs(WriteMeaning.RECORD));
        named.addAll(knowledge.persistence().globs(WriteMeaning.OBEYED_BY_US));
      }
      default -> named.addAll(knowledge.persistence().globs(""));
    }
    surroundings.workspaces().forEach(this::within);
    surroundings.scratchDirectories().forEach(this::within);
    surroundings.ownStateDirectories().forEach(this::within);
    surroundings.ownStateDirectories().forEach(this::besideState);
    within(surroundings.home());
    places.add(anyOf(Places.machineDirectories()));
    places.add(anyOf(StartupFiles.directories()));
    List<Glob> toolState = new ArrayList<>();
    for (Glob glob : knowledge.toolState()) {
      (glob.approximation(surroundings).exact() ? toolState : named).add(glob);
    }
    places.add(Glob.anyOf(toolState, surroundings).pattern());
    unclear.add(Glob.anyOf(named, surroundings).pattern());
    return new Landmarks(new PathPattern.Choice(unclear), places);
  }

  private static PathPattern anyOf(List<String> directories) {
    return new PathPattern.Choice(directories.stream().map(PathPattern::within).toList());
  }

  private void within(String directory) {
    places.add(PathPattern.within(directory));
  }

  /** State in one file has others beside it: {@code state.json.tmp}. */
  private void besideState(String state) {
    places.add(PathPattern.then(PathPattern.text(state + "."), PathPattern.WITHIN_NAME));
  }
}
