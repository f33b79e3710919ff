package dev.aegis.policy.code;

import java.util.List;
import java.util.Optional;

/**
 * What an expression comes to, as far as that can be told.
 *
 * @param text of a string
 * @param items of a list
 * @param key of a named argument; {@code {}} for a literal object, which holds options
 * @param decoded true when it came out of something unreadable
 * @param hint what can be said of an unknown text: {@code $NAME} of a variable of the environment,
 *     or a pattern of names; empty when nothing
 * @param isPattern true when the hint is a pattern of names of files
 * @param file that an unknown text was read from; empty when from none
 * @param function the module or function that it is, in full; empty when none
 */
record Value(
    Optional<String> text,
    Optional<List<Value>> items,
    String key,
    boolean decoded,
    String hint,
    boolean isPattern,
    String file,
    String function) {
  static final Value UNKNOWN =
      new Value(Optional.empty(), Optional.empty(), "", false, "", false, "", "");

  static Value of(String text) {
    return new Value(Optional.of(text), Optional.empty(), "", false, "", false, "", "");
  }

  static Value list(List<Value> items) {
    return new Value(
        Optional.empty(), Optional.of(List.copyOf(items)), "", false, hints(items), false, "", "");
  }

  /** Return an object with these values in it, which is no argument by itself. */
  static Value options(List<Value> inside) {
    return new Value(Optional.empty(), Optional.empty(), "{}", false, hints(inside), false, "", "");
  }

  /** Return the value of a variable of the environment. */
  static Value variable(String name) {
    return new Value(Optional.empty(), Optional.empty(), "", false, "$" + name, false, "", "");
  }

  /** Return the names that match a pattern. */
  static Value names(String pattern) {
    return new Value(Optional.empty(), Optional.empty(), "", false, pattern, true, "", "");
  }

  /** Return a module or function, which was not called. */
  static Value function(String name) {
    return new Value(Optional.empty(), Optional.empty(), "", false, "", false, "", name);
  }

  boolean isFunction() {
    return !function.isEmpty();
  }

  private static String hints(List<Value> values) {
    return values.stream().map(Value::hint).filter(h -> h.startsWith("$")).findFirst().orElse("");
  }

  Value named(String name) {
    return new Value(text, items, name, decoded, hint, isPattern, file, function);
  }

  Value asDecoded() {
    return new Value(text, items, key, true, hint, isPattern, file, function);
  }

  Value readFrom(String name) {
    return new Value(text, items, key, decoded, hint, isPattern, name, function);
  }

  /** Return both texts as one; unknown when either is. */
  Value and(String between, Value other) {
    boolean known = text.isPresent() && other.text.isPresent();
    Optional<String> both =
        known ? Optional.of(text.get() + between + other.text.get()) : Optional.empty();
    boolean told = !known && (!hint.isEmpty() || !other.hint.isEmpty());
    String said = told ? said() + between + other.said() : "";
    return new Value(
        both,
        Optional.empty(),
        key,
        decoded || other.decoded,
        said,
        told && (isPattern || other.isPattern) && isTold() && other.isTold(),
        "",
        "");
  }

  private boolean isTold() {
    return text.isPresent() || isPattern;
  }

  private String said() {
    return text.orElse(hint);
  }

  /** Return what is not known, but where it came from. */
  Value blurred() {
    String left = hint.startsWith("$") ? hint : "";
    return new Value(Optional.empty(), Optional.empty(), key, decoded, left, false, "", "");
  }
}
