package dev.aegis.policy.code;

import java.util.List;
import java.util.Optional;

/**
 * What an expression comes to, as far as that can be told.
 *
 * @param text of a string
 * @param items of a list
 * @param key of a named argument
 * @param decoded true when it came out of something unreadable
 * @param fetched true when it came from elsewhere
 */
record Value(
    Optional<String> text,
    Optional<List<Value>> items,
    String key,
    boolean decoded,
    boolean fetched) {
  static final Value UNKNOWN = new Value(Optional.empty(), Optional.empty(), "", false, false);

  static Value of(String text) {
    return new Value(Optional.of(text), Optional.empty(), "", false, false);
  }

  static Value list(List<Value> items) {
    return new Value(Optional.empty(), Optional.of(List.copyOf(items)), "", false, false);
  }

  Value named(String name) {
    return new Value(text, items, name, decoded, fetched);
  }

  Value asDecoded() {
    return new Value(text, items, key, true, fetched);
  }

  Value asFetched() {
    return new Value(text, items, key, decoded, true);
  }

  /** Return both texts as one; unknown when either is. */
  Value and(String between, Value other) {
    Optional<String> both =
        text.isPresent() && other.text.isPresent()
            ? Optional.of(text.get() + between + other.text.get())
            : Optional.empty();
    return new Value(
        both, Optional.empty(), key, decoded || other.decoded, fetched || other.fetched);
  }

  /** Return what is not known, but where it came from. */
  Value blurred() {
    return new Value(Optional.empty(), Optional.empty(), key, decoded, fetched);
  }
}
