package dev.aegis.policy.snapshot;

import dev.aegis.operation.OperationKind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;

/**
 * What a policy allows by the path alone: one automaton a kind of operation, as
 * docs/wire-protocol.md lays it out. A kind without one is asked about always. Never changes.
 */
public final class Snapshot {
  /** Nothing is allowed without a question. */
  public static final Snapshot ASKING = new Snapshot(new EnumMap<>(OperationKind.class));

  /** The operation is allowed. */
  public static final int ALLOW = 1;

  /** It is allowed, too, when the program wrote another path than the object has. */
  public static final int ALLOW_OTHERWISE_SPELLED = 2;

  static final byte[] MAGIC = "AEGISSN1".getBytes(StandardCharsets.US_ASCII);
  static final int VERSION = 1;
  static final int HEADER = 256;
  static final int ENTRIES = 24;
  static final int ENTRY = 16;

  /** Bytes of the whole; beyond, the largest kinds are left out. */
  static final int MOST_BYTES = 16 << 20;

  private final Map<OperationKind, Automaton> automata;

  /** A snapshot of these kinds. */
  public Snapshot(Map<OperationKind, Automaton> automata) {
    this.automata = new EnumMap<>(OperationKind.class);
    this.automata.putAll(automata);
    while (bytes() > MOST_BYTES) {
      this.automata.entrySet().stream()
          .max((a, b) -> Integer.compare(a.getValue().bytes(), b.getValue().bytes()))
          .ifPresent(largest -> this.automata.remove(largest.getKey()));
    }
  }

  /** Tell whether it allows nothing at all. */
  public boolean isEmpty() {
    return automata.isEmpty();
  }

  /** Return what is answered for a kind and a path: 0 to ask, or {@link #ALLOW} and its like. */
  public int answer(OperationKind kind, byte[] path) {
    Automaton automaton = automata.get(kind);
    return automaton == null ? 0 : automaton.answer(path);
  }

  /** Return the size of its file. */
  public int bytes() {
    return HEADER + automata.values().stream().mapToInt(a -> padded(a.bytes())).sum();
  }

  /** Return the states of a kind, 0 when it is asked about always. */
  public int states(OperationKind kind) {
    return automata.containsKey(kind) ? automata.get(kind).states() : 0;
  }

  /**
   * Write it as a file.
   *
   * @param number of this file, by which the page of a session names it; not 0
   */
  public ByteBuffer file(int number) {
    ByteBuffer file = ByteBuffer.allocate(bytes()).order(ByteOrder.LITTLE_ENDIAN);
    file.put(MAGIC).putInt(VERSION).putInt(number).putInt(file.capacity());
    int at = HEADER;
    for (Map.Entry<OperationKind, Automaton> entry : automata.entrySet()) {
      Automaton automaton = entry.getValue();
      file.position(ENTRIES + (entry.getKey().code() - 1) * ENTRY);
      file.putInt(at).putInt(automaton.states()).putInt(automaton.classes());
      file.position(at);
      automaton.write(file);
      at += padded(automaton.bytes());
    }
    return file.clear();
  }

  private static int padded(int bytes) {
    return (bytes + 7) & ~7;
  }
}
