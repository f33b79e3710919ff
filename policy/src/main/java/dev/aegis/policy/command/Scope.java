package dev.aegis.policy.command;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a running shell knows at one point: directory, variables, functions, positional words. */
final class Scope {
  private final Map<String, Argument> variables;
  private final Map<String, Node> functions;
  private Optional<List<Argument>> positional;
  private Optional<String> cwd;

  private Scope(
      Map<String, Argument> variables,
      Map<String, Node> functions,
      Optional<List<Argument>> positional,
      Optional<String> cwd) {
    this.variables = variables;
    this.functions = functions;
    this.positional = positional;
    this.cwd = cwd;
  }

  static Scope of(Optional<String> cwd, Map<String, String> environment) {
    Map<String, Argument> variables = new HashMap<>();
    environment.forEach((name, value) -> variables.put(name, Argument.of(value)));
    return new Scope(variables, new HashMap<>(), Optional.empty(), cwd);
  }

  Scope copy() {
    return new Scope(new HashMap<>(variables), new HashMap<>(functions), positional, cwd);
  }

  /** Forget whatever another course of events left different. */
  void agreeWith(Scope other) {
    variables.replaceAll(
        (name, value) ->
            value.equals(other.variables.get(name)) ? value : new Argument("$" + name, false));
    other.variables.keySet().forEach(n -> variables.putIfAbsent(n, new Argument("$" + n, false)));
    other.functions.forEach(functions::putIfAbsent);
    if (!cwd.equals(other.cwd)) {
      cwd = Optional.empty();
    }
  }

  Optional<Argument> variable(String name) {
    return Optional.ofNullable(variables.get(name));
  }

  void set(String name, Argument value) {
    if (!name.isEmpty()) {
      variables.put(name, value);
    }
  }

  Optional<Node> function(String name) {
    return Optional.ofNullable(functions.get(name));
  }

  void define(String name, Node body) {
    functions.put(name, body);
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
