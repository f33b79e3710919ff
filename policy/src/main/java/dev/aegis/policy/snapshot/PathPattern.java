package dev.aegis.policy.snapshot;

import dev.aegis.operation.RawText;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** A set of byte strings, written down as a regular expression without names. */
public sealed interface PathPattern {

  /** One byte out of some. */
  record OneOf(BitSet bytes) implements PathPattern {}

  /** One after the other; the empty text when there is none. */
  record Sequence(List<PathPattern> parts) implements PathPattern {
    public Sequence {
      parts = List.copyOf(parts);
    }
  }

  /** Any of them; nothing at all when there is none. */
  record Choice(List<PathPattern> parts) implements PathPattern {
    public Choice {
      parts = List.copyOf(parts);
    }
  }

  /** Any number of times, none included. */
  record Repeat(PathPattern part) implements PathPattern {}

  /** The empty text. */
  PathPattern NOTHING = new Sequence(List.of());

  /** Any text. */
  PathPattern ANYTHING = new Repeat(new OneOf(range(0, 255)));

  /** Any text without a slash. */
  PathPattern WITHIN_NAME = new Repeat(new OneOf(without(range(0, 255), '/')));

  /** What one character may be: in UTF-8 up to four bytes. More than that one character. */
  PathPattern CHARACTER = characterOf(range(0, 255));

  /** The same without the slash. */
  PathPattern CHARACTER_OF_NAME = characterOf(without(range(0, 255), '/'));

  /** One character that is one of these bytes, or any that takes several. */
  static PathPattern characterOf(BitSet bytes) {
    BitSet plain = range(0, 127);
    plain.and(bytes);
    return new Choice(
        List.of(new OneOf(plain), highBytes(1), highBytes(2), highBytes(3), highBytes(4)));
  }

  /** Exactly this text. */
  static PathPattern text(String text) {
    List<PathPattern> parts = new ArrayList<>();
    for (byte one : RawText.encode(text)) {
      parts.add(new OneOf(range(one & 0xFF, one & 0xFF)));
    }
    return new Sequence(parts);
  }

  /** A directory and all that lies below it. */
  static PathPattern within(String directory) {
    return directory.endsWith("/")
        ? then(text(directory), ANYTHING)
        : then(text(directory), optional(then(text("/"), ANYTHING)));
  }

  /** One after the other. */
  static PathPattern then(PathPattern... parts) {
    return new Sequence(List.of(parts));
  }

  /** Perhaps. */
  static PathPattern optional(PathPattern part) {
    return new Choice(List.of(part, NOTHING));
  }

  /** Bytes of a range, both ends included. */
  static BitSet range(int from, int to) {
    BitSet bytes = new BitSet(256);
    bytes.set(from, to + 1);
    return bytes;
  }

  private static BitSet without(BitSet bytes, int one) {
    bytes.clear(one);
    return bytes;
  }

  private static PathPattern highBytes(int count) {
    List<PathPattern> parts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      parts.add(new OneOf(range(128, 255)));
    }
    return new Sequence(parts);
  }
}
