package dev.aegis.policy.snapshot;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Bytes that no pattern tells apart, under one number. */
final class ByteClasses {
  private final int[] classOf = new int[256];
  private int count = 1;

  ByteClasses(StateGraph graph) {
    Set<BitSet> seen = new HashSet<>();
    for (int state = 0; state < graph.size(); state++) {
      if (graph.bytes(state) != null && seen.add(graph.bytes(state))) {
        split(graph.bytes(state));
      }
    }
  }

  private void split(BitSet bytes) {
    Map<Integer, Integer> inside = new HashMap<>();
    boolean[] whole = new boolean[count];
    Arrays.fill(whole, true);
    for (int b = 0; b < 256; b++) {
      whole[classOf[b]] &= bytes.get(b);
    }
    for (int b = bytes.nextSetBit(0); b >= 0; b = bytes.nextSetBit(b + 1)) {
      int old = classOf[b];
      if (old < whole.length && !whole[old]) {
        classOf[b] = inside.computeIfAbsent(old, c -> count++);
      }
    }
  }

  int count() {
    return count;
  }

  int of(int b) {
    return classOf[b];
  }

  /** Return a byte of a class, a plain one where there is one. */
  int example(int one) {
    for (int b = 'a'; b < 'a' + 256; b++) {
      if (classOf[b & 0xFF] == one) {
        return b & 0xFF;
      }
    }
    throw new IllegalArgumentException("no such class: " + one);
  }

  /** Return the classes that bytes consist of. */
  int[] of(BitSet bytes) {
    return bytes.stream().map(b -> classOf[b]).distinct().toArray();
  }
}
