package dev.aegis.policy.rules;

import java.util.Arrays;

/**
 * The numbers of the rules that may have to do with a subject. Costs as much as there are of them,
 * whatever the number of rules.
 */
final class Candidates {
  private final int[] always;
  private int[] found = {};
  private int size;

  /**
   * Candidates.
   *
   * @param always rules that nothing tells to have nothing to do with a subject, in order; is not
   *     changed
   */
  Candidates(int[] always) {
    this.always = always;
  }

  /** Add rules, of which some may be there already. */
  void add(int[] rules) {
    if (rules.length == 0) {
      return;
    }
    if (found.length < size + rules.length) {
      // A long text gives the same clue again and again; what it holds is bounded by the rules.
      sortOut();
      found = Arrays.copyOf(found, 2 * (size + rules.length));
    }
    System.arraycopy(rules, 0, found, size, rules.length);
    size += rules.length;
  }

  /** Return each of them once, the first to speak first. */
  int[] inOrder() {
    if (size == 0) {
      return always;
    }
    add(always);
    sortOut();
    return Arrays.copyOf(found, size);
  }

  private void sortOut() {
    Arrays.sort(found, 0, size);
    int distinct = Math.min(size, 1);
    for (int i = 1; i < size; i++) {
      if (found[i] != found[i - 1]) {
        found[distinct++] = found[i];
      }
    }
    size = distinct;
  }
}
