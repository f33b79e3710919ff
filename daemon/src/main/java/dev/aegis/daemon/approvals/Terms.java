package dev.aegis.daemon.approvals;

import dev.aegis.operation.Risk;
import java.time.Instant;
import java.util.List;

/**
 * What exactly was asked, as the machine must remember it: kept as hashes where it could hold
 * secrets.
 *
 * @param exact hash of the whole operation: equal questions are one question
 * @param shape hash of its shape: what an approval for more than once covers
 * @param cwd working directory, empty for operations that have none
 * @param tail hash of the arguments after the program's name, empty when there are none
 * @param steps hash of each asking step's text
 * @param categories what the asking steps mean
 * @param risk of the whole plan, 0 to 100
 * @param targets absolute paths that the operation names
 * @param reach directories of which the question says that the process goes through them: an
 *     approval covers what it does there too
 * @param bindings files that must not have changed when it is released
 * @param lookedAt when the bound files were looked at, milliseconds since 1970
 * @param program true for the start of a program: an approval then covers what it does
 * @param lasting true when one approval answers the question for the rest of the session
 */
public record Terms(
    String exact,
    String shape,
    String cwd,
    String tail,
    List<String> steps,
    List<String> categories,
    int risk,
    List<String> targets,
    List<String> reach,
    List<Fingerprint> bindings,
    long lookedAt,
    boolean program,
    boolean lasting) {
  /** The terms of what nobody can tell any more. */
  static final Terms NOTHING =
      new Terms(
          "", "", "", "", List.of(), List.of(), 0, List.of(), List.of(), List.of(), 0, false,
          false);

  public Terms {
    steps = List.copyOf(steps);
    categories = List.copyOf(categories);
    targets = List.copyOf(targets);
    reach = List.copyOf(reach);
    bindings = List.copyOf(bindings);
  }

  /** Tell whether everything is still what it was when the question was asked. */
  public boolean stillHold() {
    return bindings.stream().allMatch(Fingerprint::stillHolds);
  }

  /**
   * Tell whether an approval of these terms for more than once covers another operation: the same
   * shape, no other meaning, no higher tier of risk, and the same content.
   */
  boolean areShapeOf(Terms other) {
    return shape.equals(other.shape)
        && categories.containsAll(other.categories)
        && tier(other.risk).compareTo(tier(risk)) <= 0
        && coverFilesOf(other);
  }

  private static Risk.Tier tier(int score) {
    return new Risk(score, List.of()).tier();
  }

  /* What runs is what was there when it was shown, or the system's own, unchanged since. */
  boolean coverFilesOf(Terms other) {
    Instant shown = Instant.ofEpochMilli(lookedAt);
    return other.bindings.stream()
        .allMatch(file -> bindings.contains(file) || file.isOfSystemSince(shown));
  }

  /** Tell whether another operation means nothing that these terms do not, to the second word. */
  boolean areOfFamiliesOf(Terms other) {
    List<String> families = categories.stream().map(Terms::family).toList();
    return other.categories.stream().map(Terms::family).allMatch(families::contains);
  }

  /* An approved recursive deletion covers the single ones that it consists of. */
  private static String family(String category) {
    String[] words = category.split("\\.", 3);
    return words.length < 2 ? category : words[0] + "." + words[1];
  }

  /** Tell whether a path is one of the targets, or lies below one or in the reach. */
  boolean reaches(String path) {
    return isAtOrBelow(path, program ? targets : reach);
  }

  private static boolean isAtOrBelow(String path, List<String> places) {
    return places.stream().anyMatch(target -> path.equals(target) || path.startsWith(target + "/"));
  }
}
