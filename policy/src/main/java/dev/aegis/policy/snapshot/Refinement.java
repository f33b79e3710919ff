package dev.aegis.policy.snapshot;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Splits states into blocks until all of a block answer alike and lead to the same blocks. After
 * the first round only those are looked at again that lead to a state which changed its block.
 */
final class Refinement {
  private final List<int[]> rows;
  private final int[] block;
  private final int[][] before;
  private final List<List<Integer>> members = new ArrayList<>();

  Refinement(List<int[]> rows, byte[] answers) {
    this.rows = rows;
    this.block = new int[answers.length];
    this.before = before(rows);
    Map<Byte, Integer> numbers = new HashMap<>();
    for (int state = 0; state < answers.length; state++) {
      block[state] = numbers.computeIfAbsent(answers[state], a -> newBlock());
      members.get(block[state]).add(state);
    }
  }

  private static int[][] before(List<int[]> rows) {
    int[] counts = new int[rows.size()];
    for (int[] row : rows) {
      int last = -1;
      for (int next : row) {
        counts[next] += next == last ? 0 : 1;
        last = next;
      }
    }
    int[][] before = new int[rows.size()][];
    for (int state = 0; state < before.length; state++) {
      before[state] = new int[counts[state]];
    }
    for (int state = 0; state < before.length; state++) {
      int last = -1;
      for (int next : rows.get(state)) {
        if (next != last) {
          before[next][--counts[next]] = state;
        }
        last = next;
      }
    }
    return before;
  }

  private int newBlock() {
    members.add(new ArrayList<>());
    return members.size() - 1;
  }

  /** Return the block of each state. */
  int[] blocks() {
    BitSet look = new BitSet();
    look.set(0, block.length);
    while (!look.isEmpty()) {
      Map<Integer, List<Integer>> byBlock = new HashMap<>();
      look.stream().forEach(s -> byBlock.computeIfAbsent(block[s], b -> new ArrayList<>()).add(s));
      List<Integer> moved = new ArrayList<>();
      // By the blocks as they were: whom a move in this round concerns is looked at in the next.
      int[] old = block.clone();
      for (Map.Entry<Integer, List<Integer>> one : byBlock.entrySet()) {
        split(one.getKey(), one.getValue(), look, old, moved);
      }
      look.clear();
      for (int state : moved) {
        for (int from : before[state]) {
          look.set(from);
        }
      }
    }
    return block;
  }

  private void split(
      int number, List<Integer> changed, BitSet look, int[] old, List<Integer> moved) {
    Map<NumberList, Integer> parts = new HashMap<>();
    List<Integer> all = members.get(number);
    if (changed.size() < all.size()) {
      int kept = all.stream().filter(state -> !look.get(state)).findFirst().orElseThrow();
      parts.put(signature(kept, old), number);
    }
    for (int state : changed) {
      NumberList signature = signature(state, old);
      Integer part = parts.get(signature);
      if (part == null) {
        part = parts.isEmpty() ? number : newBlock();
        parts.put(signature, part);
      }
      if (part != number) {
        block[state] = part;
        members.get(part).add(state);
        moved.add(state);
      }
    }
    all.removeIf(state -> block[state] != number);
  }

  private NumberList signature(int state, int[] old) {
    int[] row = rows.get(state);
    int[] values = new int[row.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = old[row[i]];
    }
    return new NumberList(values);
  }
}
