package dev.aegis.policy.command;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a running shell knows at one point: directory, variables, functions, aliases, positional
 * words, and where it runs.
 */
final class Scope {
  private static final String BLANKS = " \t\n";

  private final Map<String, Argument> variables;
  private final Map<String, List<Argument>> arrays;
  private final Map<String, Node> functions;
  private final Map<String, String> aliases;
  private final Map<String, String> references;
  private Optional<List<Argument>> positional;
  private Optional<String> cwd;
  private PlanStep.Place place;

  private Scope(
      Map<String, Argument> variables,
      Map<String, List<Argument>> arrays,
      Map<String, Node> functions,
      Map<String, String> aliases,
      Map<String, String> references,
      Optional<List<Argument>> positional,
      Optional<String> cwd,
      PlanStep.Place place) {
    this.variables = variables;
    this.arrays = arrays;
    this.functions = functions;
    this.aliases = aliases;
    this.references = references;
    this.positional = positional;
    this.cwd = cwd;
    this.place = place;
  }

  static Scope of(Optional<String> cwd, Map<String, String> environment) {
    Map<String, Argument> variables = new HashMap<>();
    variables.put("IFS", Argument.of(BLANKS));
    environment.forEach((name, value) -> variables.put(name, Argument.of(value)));
    return new Scope(
        variables,
        new HashMap<>(),
        new HashMap<>(),
        new HashMap<>(),
        new HashMap<>(),
        Optional.empty(),
        cwd,
        PlanStep.Place.HERE);
  }

  Scope copy() {
    return new Scope(
        new HashMap<>(variables),
        new HashMap<>(arrays),
        new HashMap<>(functions),
        new HashMap<>(aliases),
        new HashMap<>(references),
        positional,
        cwd,
        place);
  }

  /** Return the scope of a shell elsewhere, which knows nothing of this one. */
  Scope elsewhere(PlanStep.Place other) {
    Scope scope = Scope.of(Optional.empty(), Map.of());
    scope.place = other;
    return scope;
  }

  /** Forget whatever another course of events left different. */
  void agreeWith(Scope other) {
    variables.replaceAll(
        (name, value) -> value.equals(other.variables.get(name)) ? value : forgotten(name, value));
    other.variables.forEach((n, v) -> variables.putIfAbsent(n, forgotten(n, v)));
    arrays.keySet().removeIf(name -> !arrays.get(name).equals(other.arrays.get(name)));
    other.functions.forEach(functions::putIfAbsent);
    other.aliases.forEach(aliases::putIfAbsent);
    if (!cwd.equals(other.cwd)) {
      cwd = Optional.empty();
    }
  }

  private static Argument forgotten(String name, Argument value) {
    return new Argument("$" + name, false, false, value.from());
  }

  Optional<Argument> variable(String name) {
    return Optional.ofNullable(variables.get(meant(name)));
  }

  void set(String name, Argument value) {
    String own = meant(name);
    if (!own.isEmpty()) {
      variables.put(own, value);
      arrays.remove(own);
    }
  }

  /** From now on a name stands for another variable. */
  void refer(String name, String other) {
    references.put(name, meant(other));
  }

  private String meant(String name) {
    return references.getOrDefault(name, name);
  }

  /** Return the elements of an array; a plain variable is an array of one. */
  Optional<List<Argument>> array(String name) {
    List<Argument> items = arrays.get(meant(name));
    return items != null ? Optional.of(items) : variable(name).map(List::of);
  }

  void setArray(String name, List<Argument> items) {
    if (!name.isEmpty()) {
      arrays.put(name, List.copyOf(items));
      variables.put(name, items.isEmpty() ? Argument.of("") : items.get(0));
    }
  }

  Optional<Node> function(String name) {
    return Optional.ofNullable(functions.get(name));
  }

  void define(String name, Node body) {
    functions.put(name, body);
  }

  Optional<String> alias(String name) {
    return Optional.ofNullable(aliases.get(name));
  }

  void alias(String name, String text) {
    aliases.put(name, text);
  }

  Optional<List<Argument>> positional() {
    return positional;
  }

  void positional(Optional<List<Argument>> words) {
    positional = words;
  }

  Optional<String> cwd() {
    return cwd;
  }

  PlanStep.Place place() {
    return place;
  }

  /** Change directory; without a known name nobody knows where it is afterwards. */
  void changeDirectory(Optional<Argument> to) {
    if (to.isEmpty()) {
      cwd = variable("HOME").filter(Argument::known).map(Argument::text);
    } else if (!to.get().known() || to.get().text().equals("-")) {
      cwd = Optional.empty();
    } else {
      String name = to.get().text();
      cwd = name.startsWith("/") ? Optional.of(name) : cwd.map(c -> c + "/" + name);
    }
  }
}
