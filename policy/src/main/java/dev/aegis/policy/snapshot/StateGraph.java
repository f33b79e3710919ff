package dev.aegis.policy.snapshot;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The nondeterministic automaton of some patterns at once: from which state which bytes lead where,
 * and which pattern ends there.
 */
final class StateGraph {
  private static final int MOST_STATES = 200_000;
  private static final int NONE = -1;

  private final List<BitSet> bytes = new ArrayList<>();
  private final List<Integer> target = new ArrayList<>();
  private final List<int[]> free = new ArrayList<>();
  private final List<Integer> tag = new ArrayList<>();
  private final List<Integer> owner = new ArrayList<>();
  private final Map<Built, Integer> built = new HashMap<>();
  private int building = NONE;
  private final int start;

  /**
   * Join patterns; the number of each is its place in the list.
   *
   * @throws TooLargeException when they are too long together
   */
  StateGraph(List<PathPattern> patterns) throws TooLargeException {
    start = state();
    int[] entries = new int[patterns.size()];
    for (int i = 0; i < patterns.size(); i++) {
      building = i;
      int end = state();
      tag.set(end, i);
      entries[i] = build(patterns.get(i), end);
    }
    free.set(start, entries);
  }

  /** What was built already: patterns that end alike share their ends. */
  private record Built(PathPattern pattern, int after) {}

  /** Return the state from which a pattern leads to the state after it. */
  private int build(PathPattern pattern, int after) throws TooLargeException {
    Built key = new Built(pattern, after);
    Integer known = built.get(key);
    if (known == null) {
      known = make(pattern, after);
      built.put(key, known);
    }
    return known;
  }

  private int make(PathPattern pattern, int after) throws TooLargeException {
    if (pattern instanceof PathPattern.OneOf one) {
      int state = state();
      bytes.set(state, one.bytes());
      target.set(state, after);
      return state;
    }
    if (pattern instanceof PathPattern.Sequence sequence) {
      int next = after;
      for (int i = sequence.parts().size() - 1; i >= 0; i--) {
        next = build(sequence.parts().get(i), next);
      }
      return next;
    }
    if (pattern instanceof PathPattern.Choice choice) {
      int state = state();
      int[] ways = new int[choice.parts().size()];
      for (int i = 0; i < ways.length; i++) {
        ways[i] = build(choice.parts().get(i), after);
      }
      free.set(state, ways);
      return state;
    }
    PathPattern.Repeat repeat = (PathPattern.Repeat) pattern;
    int state = state();
    int again = build(repeat.part(), state);
    free.set(state, new int[] {again, after});
    return state;
  }

  private int state() throws TooLargeException {
    if (tag.size() == MOST_STATES) {
      throw new TooLargeException("the patterns are longer than " + MOST_STATES + " characters");
    }
    bytes.add(null);
    target.add(NONE);
    free.add(new int[0]);
    tag.add(NONE);
    owner.add(building);
    return tag.size() - 1;
  }

  int size() {
    return tag.size();
  }

  int start() {
    return start;
  }

  /** Return the bytes that lead on, or null. */
  BitSet bytes(int state) {
    return bytes.get(state);
  }

  int target(int state) {
    return target.get(state);
  }

  /** Return the states that are reached without a byte. */
  int[] free(int state) {
    return free.get(state);
  }

  /** Return the number of the pattern that ends here, or a negative number. */
  int tag(int state) {
    return tag.get(state);
  }

  /** Return the number of the pattern that a state is of. */
  int owner(int state) {
    return owner.get(state);
  }

  /** Tell whether any text may follow as often as it likes, and the pattern may end at once. */
  boolean staysFor(int state) {
    boolean loops = false;
    boolean ends = false;
    for (int next : free.get(state)) {
      loops |=
          bytes.get(next) != null
              && bytes.get(next).cardinality() == 256
              && target.get(next) == state;
      ends |= tag.get(next) >= 0;
    }
    return loops && ends;
  }
}
