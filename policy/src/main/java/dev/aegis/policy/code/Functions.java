package dev.aegis.policy.code;

import java.util.Map;
import java.util.Optional;

/** What names and texts that are computed come to, where code uses them as functions. */
final class Functions {
  /** The name of a function that may be any. */
  static final String ANY = "?";

  private static final int LONGEST = 200;

  private final Language language;
  private final Imports imports;
  private final Map<String, Value> values;

  Functions(Language language, Imports imports, Map<String, Value> values) {
    this.language = language;
    this.imports = imports;
    this.values = values;
  }

  /** Return the full name of what code names. */
  String resolved(String text) {
    String whole = imports.resolved(text).replace(".__dict__", "");
    int dot = whole.indexOf('.');
    String head = dot < 0 ? whole : whole.substring(0, dot);
    String rest = dot < 0 ? "" : whole.substring(dot);
    Value known = values.getOrDefault(head, Value.UNKNOWN);
    if (known.isFunction()) {
      return bounded(known.function() + rest);
    }
    return isEverything(head) && !rest.isEmpty() ? rest.substring(1) : whole;
  }

  /** Return the full name of what code calls by this name. */
  String called(String text) {
    Value known = values.getOrDefault(text, Value.UNKNOWN);
    return callable(known).filter(name -> !known.isFunction()).orElseGet(() -> resolved(text));
  }

  /** Return the name of what is run when a value is called; nothing when that is no function. */
  Optional<String> callable(Value value) {
    if (value.isFunction()) {
      return Optional.of(value.function());
    }
    boolean hidden = value.decoded() && value.text().isEmpty();
    return language.textsCall()
        ? value.text().or(() -> hidden ? any() : Optional.empty())
        : Optional.empty();
  }

  private static Optional<String> any() {
    return Optional.of(ANY);
  }

  /** Return what stands in a module, or in what holds all of them, under a name. */
  Value member(String owner, Value key) {
    if (key.text().filter("__dict__"::equals).isPresent()) {
      return Value.function(owner);
    }
    if (key.text().isPresent()) {
      return Value.function(
          bounded(isEverything(owner) ? key.text().get() : owner + "." + key.text().get()));
    }
    boolean any = isEverything(owner) || language.isGrave(owner) || key.decoded();
    return any ? Value.function(ANY) : Value.UNKNOWN;
  }

  private boolean isEverything(String name) {
    return language.everything().contains(name);
  }

  private static String bounded(String name) {
    return name.length() > LONGEST ? ANY : name;
  }
}
