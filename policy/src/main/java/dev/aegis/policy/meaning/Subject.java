package dev.aegis.policy.meaning;

import dev.aegis.operation.Category;
import dev.aegis.operation.OperationKind;
import dev.aegis.operation.Risk;
import java.util.List;
import java.util.SortedSet;

/**
 * One thing that a rule can look at: an operation has one or more, such as source and destination
 * of a rename, or the steps of a compound command.
 *
 * @param kind as rules name it
 * @param text as a person reads it; of a step, its shell-quoted argv
 * @param path the object, absolute; empty when there is none
 * @param spelled the object as the program wrote it, where that is another name; else empty
 * @param argv of a step; empty otherwise
 * @param program of a step, the program that runs; otherwise the one that asks. A path, or a bare
 *     name where a step gives no more
 * @param cwd of a step; empty when unknown
 * @param host numeric address, or empty
 * @param port 0 to 65535
 * @param meaning categories and risk
 * @param baseline true when no program can start without it; see the documentation of the baseline
 */
public record Subject(
    OperationKind kind,
    String text,
    String path,
    String spelled,
    List<String> argv,
    String program,
    String cwd,
    String host,
    int port,
    Meaning meaning,
    boolean baseline) {

  /** Return what the operation means to a person. */
  public SortedSet<Category> categories() {
    return meaning.categories();
  }

  /** Return how bad it would be. */
  public Risk risk() {
    return meaning.risk();
  }

  /** Make the subject of an operation on a file. */
  static Subject ofFile(
      OperationKind kind,
      String text,
      String path,
      String spelled,
      String program,
      Meaning meaning,
      boolean baseline) {
    return new Subject(kind, text, path, spelled, List.of(), program, "", "", 0, meaning, baseline);
  }
}
