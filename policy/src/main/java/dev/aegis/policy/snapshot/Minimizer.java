package dev.aegis.policy.snapshot;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes an automaton small: states and bytes that no text tells apart become one. */
final class Minimizer {
  private final List<int[]> rows;
  private final byte[] answers;
  private final ByteClasses bytes;

  Minimizer(List<int[]> rows, byte[] answers, ByteClasses bytes) {
    this.rows = rows;
    this.answers = answers;
    this.bytes = bytes;
  }

  Automaton automaton(int start) throws TooLargeException {
    int[] block = new int[answers.length];
    int count = blocks(block, start);
    if (count > Character.MAX_VALUE) {
      throw new TooLargeException("the automaton has " + count + " states");
    }
    int[] representative = new int[count];
    for (int state = block.length - 1; state >= 0; state--) {
      representative[block[state]] = state;
    }
    int[] column = new int[bytes.count()];
    List<Integer> kept = columns(representative, block, column);
    char[] next = new char[count * kept.size()];
    byte[] small = new byte[count];
    for (int i = 0; i < count; i++) {
      small[i] = answers[representative[i]];
      for (int j = 0; j < kept.size(); j++) {
        next[i * kept.size() + j] = (char) block[rows.get(representative[i])[kept.get(j)]];
      }
    }
    int[] classOf = new int[256];
    for (int b = 0; b < 256; b++) {
      classOf[b] = column[bytes.of(b)];
    }
    return new Automaton(classOf, kept.size(), next, small);
  }

  /** Number the states so that the start is 0 and those that answer alike for ever are equal. */
  private int blocks(int[] block, int start) {
    int[] refined = new Refinement(rows, answers).blocks();
    Map<Integer, Integer> numbers = new HashMap<>();
    numbers.put(refined[start], 0);
    for (int state = 0; state < block.length; state++) {
      Integer number = numbers.get(refined[state]);
      if (number == null) {
        number = numbers.size();
        numbers.put(refined[state], number);
      }
      block[state] = number;
    }
    return numbers.size();
  }

  private static int number(Map<NumberList, Integer> numbers, NumberList row) {
    Integer known = numbers.get(row);
    if (known == null) {
      known = numbers.size();
      numbers.put(row, known);
    }
    return known;
  }

  private List<Integer> columns(int[] representative, int[] block, int[] column) {
    Map<NumberList, Integer> numbers = new HashMap<>();
    List<Integer> kept = new ArrayList<>();
    for (int one = 0; one < column.length; one++) {
      int[] values = new int[representative.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = block[rows.get(representative[i])[one]];
      }
      int size = numbers.size();
      column[one] = number(numbers, new NumberList(values));
      if (numbers.size() > size) {
        kept.add(one);
      }
    }
    return kept;
  }
}
