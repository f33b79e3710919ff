package dev.aegis.policy.rules;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Which rules to look at when a text has certain four characters in a row. Looked up once for each
 * character of every path, whatever the number of rules. Never changes.
 */
final class GramTable {
  private static final int[] NONE = {};
  private static final long MIX = 0x9E3779B97F4A7C15L;

  private final long[] keys;
  private final int[][] values;
  private final int shift;

  GramTable(Map<Long, List<Integer>> rules) {
    int bits = Math.max(4, 32 - Integer.numberOfLeadingZeros(rules.size()) + 1);
    shift = Long.SIZE - bits;
    keys = new long[1 << bits];
    values = new int[1 << bits][];
    Arrays.fill(values, NONE);
    rules.forEach(
        (gram, some) -> {
          int slot = slot(gram);
          keys[slot] = gram;
          values[slot] = some.stream().mapToInt(Integer::intValue).toArray();
        });
  }

  boolean isEmpty() {
    return Arrays.stream(values).allMatch(v -> v.length == 0);
  }

  /** Mark the rules that a text gives a clue to. */
  void mark(String text, Candidates into) {
    long gram = 0;
    int length = text.length();
    for (int i = 0; i < length; i++) {
      gram = (gram << Character.SIZE) | text.charAt(i);
      if (i >= Clues.GRAM - 1) {
        into.add(values[slot(gram)]);
      }
    }
  }

  private int slot(long gram) {
    int slot = (int) ((gram * MIX) >>> shift);
    while (values[slot].length > 0 && keys[slot] != gram) {
      slot = (slot + 1) & (keys.length - 1);
    }
    return slot;
  }
}
