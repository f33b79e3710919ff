package dev.aegis.policy.snapshot;

import dev.aegis.operation.RawText;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes one deterministic automaton of many patterns.
 *
 * <p>Its bounds are on states and on work, so that the time is bounded whatever the patterns are.
 */
public final class Determinizer {
  /** States before the automaton is made small. */
  static final int MOST_STATES = 40_000;

  private static final long MOST_WORK = 40_000_000;

  /** What is answered where it depends on the patterns that match. */
  @FunctionalInterface
  public interface Answers {
    /**
     * Answer.
     *
     * @param matched numbers of the patterns that match
     * @param example a text that is matched by these and no others
     */
    int of(BitSet matched, String example);
  }

  private final StateGraph graph;
  private final ByteClasses classes;
  private final BitSet unclear;
  private final int[][] closures;
  private final int[][] classesOf;
  private final int[] mark;
  private final boolean[] stays;
  private final int[] lastingState;
  private int round;
  private long work;

  private final Map<NumberList, Integer> numbers = new HashMap<>();
  private final List<int[]> sets = new ArrayList<>();
  private final List<Integer> cameFrom = new ArrayList<>();
  private final List<Integer> cameBy = new ArrayList<>();
  private final List<int[]> rows = new ArrayList<>();

  private Determinizer(StateGraph graph, BitSet unclear) {
    this.graph = graph;
    this.classes = new ByteClasses(graph);
    this.unclear = unclear;
    this.closures = new int[graph.size()][];
    this.classesOf = new int[graph.size()][];
    this.mark = new int[graph.size()];
    this.stays = new boolean[graph.size()];
    this.lastingState = new int[graph.size()];
    for (int state = 0; state < stays.length; state++) {
      stays[state] = graph.staysFor(state);
      if (stays[state]) {
        lastingState[graph.owner(state)] = state;
      }
    }
  }

  /**
   * Build the automaton of some patterns.
   *
   * @param unclear numbers of patterns whose match means the answer 0, whatever else matches
   * @param answers asked once for each set of patterns that can match together
   * @throws TooLargeException when the bounds are passed
   */
  public static Automaton build(List<PathPattern> patterns, BitSet unclear, Answers answers)
      throws TooLargeException {
    return new Determinizer(new StateGraph(patterns), unclear).run(answers);
  }

  private Automaton run(Answers answers) throws TooLargeException {
    // State 0 answers 0 for ever.
    number(new int[0], 0, 0);
    round++;
    int start = number(collected(new int[] {graph.start()}), 0, 0);
    for (int state = 0; state < sets.size(); state++) {
      rows.add(row(state));
    }
    byte[] all = new byte[sets.size()];
    Map<BitSet, Byte> known = new HashMap<>();
    for (int state = 0; state < all.length; state++) {
      BitSet matched = matched(sets.get(state));
      int one = state;
      all[state] =
          matched.intersects(unclear) || state == 0
              ? 0
              : known.computeIfAbsent(matched, m -> (byte) answers.of(m, example(one)));
    }
    return new Minimizer(rows, all, classes).automaton(start);
  }

  private int[] row(int state) throws TooLargeException {
    int[] set = sets.get(state);
    int[][] byClass = new int[classes.count()][];
    int[] counts = new int[classes.count()];
    for (int from : set) {
      if (graph.bytes(from) == null) {
        continue;
      }
      for (int one : classesOf(from)) {
        int[] targets = byClass[one];
        if (targets == null) {
          targets = new int[8];
        } else if (targets.length == counts[one]) {
          targets = Arrays.copyOf(targets, counts[one] * 2);
        }
        targets[counts[one]++] = graph.target(from);
        byClass[one] = targets;
      }
    }
    int[] row = new int[classes.count()];
    Map<NumberList, Integer> alike = new HashMap<>();
    for (int one = 0; one < row.length; one++) {
      if (counts[one] == 0) {
        continue;
      }
      int[] targets = Arrays.copyOf(byClass[one], counts[one]);
      work += targets.length;
      NumberList key = new NumberList(targets);
      Integer known = alike.get(key);
      if (known == null) {
        known = number(collected(targets), state, classes.example(one));
        alike.put(key, known);
      }
      row[one] = known;
    }
    if (work > MOST_WORK) {
      throw new TooLargeException("the patterns take too long to put together");
    }
    return row;
  }

  private int[] classesOf(int state) {
    if (classesOf[state] == null) {
      classesOf[state] = classes.of(graph.bytes(state));
    }
    return classesOf[state];
  }

  /** Everything that is reached without a byte; sorted, so that equal sets are equal arrays. */
  private int[] collected(int[] from) {
    round++;
    int[] all = new int[16];
    int count = 0;
    for (int state : from) {
      for (int reached : closure(state)) {
        if (mark[reached] != round) {
          mark[reached] = round;
          if (count == all.length) {
            all = Arrays.copyOf(all, count * 2);
          }
          all[count++] = reached;
        }
      }
    }
    work += count;
    return canonical(all, count);
  }

  /**
   * Of a pattern that matches whatever follows, only that is kept: how it came to match makes no
   * difference any more.
   */
  private int[] canonical(int[] states, int count) {
    BitSet lasting = new BitSet();
    for (int i = 0; i < count; i++) {
      if (stays[states[i]]) {
        lasting.set(graph.owner(states[i]));
      }
    }
    if (lasting.intersects(unclear)) {
      return new int[0];
    }
    int kept = 0;
    for (int i = 0; i < count; i++) {
      if (graph.owner(states[i]) < 0 || !lasting.get(graph.owner(states[i]))) {
        states[kept++] = states[i];
      }
    }
    for (int tag = lasting.nextSetBit(0); tag >= 0; tag = lasting.nextSetBit(tag + 1)) {
      for (int state : closure(lastingState[tag])) {
        states[kept++] = state;
      }
    }
    int[] sorted = Arrays.copyOf(states, kept);
    Arrays.sort(sorted);
    return sorted;
  }

  private int[] closure(int state) {
    if (closures[state] == null) {
      BitSet seen = new BitSet();
      Deque stack = new Deque();
      stack.push(state);
      while (!stack.isEmpty()) {
        int at = stack.pop();
        if (!seen.get(at)) {
          seen.set(at);
          for (int next : graph.free(at)) {
            stack.push(next);
          }
        }
      }
      closures[state] = seen.stream().toArray();
    }
    return closures[state];
  }

  /** A stack of plain numbers. */
  private static final class Deque {
    private int[] items = new int[16];
    private int size;

    void push(int item) {
      if (size == items.length) {
        items = Arrays.copyOf(items, size * 2);
      }
      items[size++] = item;
    }

    int pop() {
      return items[--size];
    }

    boolean isEmpty() {
      return size == 0;
    }
  }

  private int number(int[] set, int from, int by) throws TooLargeException {
    Integer known = numbers.get(new NumberList(set));
    if (known != null) {
      return known;
    }
    if (sets.size() == MOST_STATES) {
      throw new TooLargeException("the patterns need more than " + MOST_STATES + " states");
    }
    numbers.put(new NumberList(set), sets.size());
    sets.add(set);
    cameFrom.add(from);
    cameBy.add(by);
    return sets.size() - 1;
  }

  private BitSet matched(int[] set) {
    BitSet matched = new BitSet();
    for (int state : set) {
      if (graph.tag(state) >= 0) {
        matched.set(graph.tag(state));
      }
    }
    return matched;
  }

  private String example(int state) {
    List<Byte> reversed = new ArrayList<>();
    for (int at = state; at > 1; at = cameFrom.get(at)) {
      reversed.add((byte) (int) cameBy.get(at));
    }
    ByteBuffer text = ByteBuffer.allocate(reversed.size());
    for (int i = reversed.size() - 1; i >= 0; i--) {
      text.put(reversed.get(i));
    }
    return RawText.decode(text.flip());
  }
}
