package dev.aegis.policy.snapshot;

import java.nio.ByteBuffer;

/**
 * A deterministic automaton over bytes: one answer for every text, in time that depends on the text
 * alone.
 */
public final class Automaton {
  private final int[] classOf;
  private final int classes;
  private final char[] next;
  private final byte[] answers;

  /**
   * An automaton whose start is state 0.
   *
   * @param classOf class of each byte
   * @param next state by state, class by class
   * @param answers one a state
   */
  Automaton(int[] classOf, int classes, char[] next, byte[] answers) {
    this.classOf = classOf.clone();
    this.classes = classes;
    this.next = next.clone();
    this.answers = answers.clone();
  }

  /** Return the answer for a text. */
  public int answer(byte[] text) {
    int state = 0;
    for (byte one : text) {
      state = next[state * classes + classOf[one & 0xFF]];
    }
    return answers[state];
  }

  int states() {
    return answers.length;
  }

  int classes() {
    return classes;
  }

  /** Write the classes, the transitions and the answers. */
  void write(ByteBuffer to) {
    for (int one : classOf) {
      to.put((byte) one);
    }
    for (char one : next) {
      to.putChar(one);
    }
    to.put(answers);
  }

  int bytes() {
    return 256 + next.length * 2 + answers.length;
  }
}
