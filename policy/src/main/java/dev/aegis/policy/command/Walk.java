package dev.aegis.policy.command;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Walks through a command as a shell would and writes down the steps. */
final class Walk {
  private final Work work = new Work();
  private final List<PlanStep> steps = new ArrayList<>();
  private final Set<String> calling = new HashSet<>();
  private String problem;
  private int spent;
  private int depth;

  CommandPlan plan() {
    return new CommandPlan(steps, Optional.ofNullable(problem));
  }

  void script(String text, Scope scope) {
    try {
      Node node = ShellParser.parse(text, work);
      visit(node, scope, List.of());
    } catch (ShellSyntaxException e) {
      problem = e.getMessage();
    }
  }

  /** Note a program and go into it. */
  void program(String name, List<Argument> argv, Scope scope) {
    step(name, argv, List.of(), scope, List.of(), List.of(), Optional.empty());
  }

  /** Visit a node; {@code fedBy} are the steps that write into its standard input. */
  private void visit(Node node, Scope scope, List<Integer> fedBy) {
    if (++spent > Bounds.WORK || depth > Bounds.DEPTH || work.isExhausted()) {
      problem = "too much to follow";
      return;
    }
    depth++;
    if (node instanceof Node.Simple simple) {
      simple(simple, scope, fedBy);
    } else if (node instanceof Node.Pipeline pipeline) {
      List<Integer> before = fedBy;
      for (Node stage : pipeline.stages()) {
        int first = steps.size();
        visit(stage, scope.copy(), before);
        before = indices(first);
      }
    } else if (node instanceof Node.Sequence sequence) {
      sequence.nodes().forEach(n -> visit(n, scope, fedBy));
    } else if (node instanceof Node.Subshell subshell) {
      Scope inside = scope.copy();
      visit(subshell.body(), inside, fedBy(subshell.redirects(), inside, fedBy));
    } else if (node instanceof Node.Compound compound) {
      List<Integer> feeds = fedBy(compound.redirects(), scope, fedBy);
      for (Node part : compound.parts()) {
        Scope before = scope.copy();
        visit(part, scope, feeds);
        scope.agreeWith(before);
      }
    } else if (node instanceof Node.For loop) {
      loop(loop, scope, fedBy);
    } else if (node instanceof Node.Function function) {
      scope.define(function.name(), function.body());
    }
    depth--;
  }

  private void loop(Node.For loop, Scope scope, List<Integer> fedBy) {
    List<Integer> composed = new ArrayList<>();
    List<Argument> words = new ArrayList<>();
    loop.words().forEach(w -> words.addAll(Expansion.words(w, scope, runner(scope, composed))));
    List<Integer> feeds = fedBy(loop.redirects(), scope, fedBy);
    Scope before = scope.copy();
    if (words.size() > Bounds.ROUNDS || words.stream().anyMatch(w -> !w.known())) {
      words.clear();
      words.add(new Argument("$" + loop.name(), false));
    }
    for (Argument word : words) {
      scope.set(loop.name(), word);
      visit(loop.body(), scope, feeds);
    }
    scope.agreeWith(before);
  }

  private void simple(Node.Simple simple, Scope scope, List<Integer> fedBy) {
    List<Integer> composed = new ArrayList<>();
    Expansion.Runner runner = runner(scope, composed);
    List<Argument> argv = new ArrayList<>();
    simple.words().forEach(w -> argv.addAll(Expansion.words(w, scope, runner)));
    argv.forEach(a -> work.spend(a.text().length()));
    for (Node.Assignment assignment : simple.assignments()) {
      Argument value = Expansion.text(assignment.value(), scope, runner);
      work.spend(value.text().length());
      if (argv.isEmpty()) {
        scope.set(assignment.name(), value);
      }
    }
    List<Redirection> redirections = new ArrayList<>();
    Optional<Argument> input = Optional.empty();
    for (Node.Redirect redirect : simple.redirects()) {
      Argument target = Expansion.text(redirect.target(), scope, runner);
      switch (redirect.operator()) {
        case "<<", "<<<" -> input = Optional.of(target);
        case "<" -> redirections.add(new Redirection(false, target));
        case "<&" -> {}
        case ">&" -> {
          if (!target.text().matches("[0-9]*-?")) {
            redirections.add(new Redirection(true, target));
          }
        }
        default -> redirections.add(new Redirection(true, target));
      }
    }
    if (!argv.isEmpty()) {
      command(argv, redirections, scope, fedBy, composed, input);
    } else if (!redirections.isEmpty()) {
      add(List.of(Argument.of(":")), redirections, scope, fedBy, composed, List.of(), false);
    }
  }

  private void command(
      List<Argument> argv,
      List<Redirection> redirections,
      Scope scope,
      List<Integer> fedBy,
      List<Integer> composed,
      Optional<Argument> input) {
    String name = argv.get(0).text();
    Optional<Node> function = argv.get(0).known() ? scope.function(name) : Optional.empty();
    if (function.isPresent() && calling.add(name)) {
      Optional<List<Argument>> outer = scope.positional();
      scope.positional(Optional.of(List.copyOf(argv)));
      visit(function.get(), scope, fedBy);
      scope.positional(outer);
      calling.remove(name);
      return;
    }
    List<Argument> rest = argv.subList(1, argv.size());
    switch (name) {
      case "cd", "pushd" ->
          scope.changeDirectory(
              rest.stream()
                  .filter(a -> !a.text().startsWith("-") || a.text().equals("-"))
                  .findFirst());
      case "popd" -> scope.changeDirectory(Optional.of(new Argument("…", false)));
      case "export", "local", "declare", "typeset", "readonly" -> declare(rest, scope);
      case "read", "mapfile", "readarray", "unset", "getopts" ->
          rest.forEach(a -> scope.set(a.text(), new Argument("$" + a.text(), false)));
      case "set", "shift" -> scope.positional(Optional.empty());
      default -> {}
    }
    step(ProgramName.of(name), argv, redirections, scope, fedBy, composed, input);
    switch (name) {
      case "eval" ->
          inner(new Inner.Script(Unwrapping.joined(rest), List.of()), scope, fedBy, input);
      case "trap" ->
          rest.stream()
              .filter(a -> !a.text().startsWith("-"))
              .findFirst()
              .ifPresent(a -> inner(new Inner.Script(a, List.of()), scope.copy(), fedBy, input));
      default -> {}
    }
  }

  private static void declare(List<Argument> words, Scope scope) {
    for (Argument word : words) {
      int equals = word.text().indexOf('=');
      if (equals > 0) {
        scope.set(
            word.text().substring(0, equals),
            new Argument(word.text().substring(equals + 1), word.known()));
      }
    }
  }

  private void step(
      String program,
      List<Argument> argv,
      List<Redirection> redirections,
      Scope scope,
      List<Integer> fedBy,
      List<Integer> composed,
      Optional<Argument> input) {
    List<Inner> inside = argv.get(0).known() ? Unwrapping.of(program, argv) : List.of();
    boolean wrapper = !inside.isEmpty() || program.equals("eval") || program.equals("trap");
    if (!add(argv, redirections, scope, fedBy, composed, inside, wrapper)) {
      return;
    }
    inside.forEach(i -> inner(i, scope.copy(), fedBy, input));
  }

  private void inner(Inner inner, Scope scope, List<Integer> fedBy, Optional<Argument> input) {
    if (depth >= Bounds.DEPTH) {
      problem = "nested more than " + Bounds.DEPTH + " levels deep";
      return;
    }
    depth++;
    enter(inner, scope, fedBy, input);
    depth--;
  }

  private void enter(Inner inner, Scope scope, List<Integer> fedBy, Optional<Argument> input) {
    if (inner instanceof Inner.Command command) {
      command.directory().ifPresent(d -> scope.changeDirectory(Optional.of(d)));
      step(
          ProgramName.of(command.argv().get(0).text()),
          command.argv(),
          List.of(),
          scope,
          fedBy,
          List.of(),
          input);
    } else if (inner instanceof Inner.Script script && script.text().known()) {
      if (!script.positional().isEmpty()) {
        scope.positional(Optional.of(script.positional()));
      }
      script(script.text().text(), scope);
    } else if (inner instanceof Inner.FromInput) {
      input.filter(Argument::known).ifPresent(text -> script(text.text(), scope));
      if (input.isEmpty()) {
        fedBy.stream()
            .map(steps::get)
            .forEach(feeder -> echoed(feeder).ifPresent(t -> script(t, scope)));
      }
    }
  }

  private boolean add(
      List<Argument> argv,
      List<Redirection> redirections,
      Scope scope,
      List<Integer> fedBy,
      List<Integer> composed,
      List<Inner> inside,
      boolean wrapper) {
    if (steps.size() >= Bounds.STEPS) {
      problem = "more than " + Bounds.STEPS + " steps";
      return false;
    }
    steps.add(
        new PlanStep(
            argv,
            redirections,
            scope.cwd(),
            fedBy,
            composed,
            wrapper,
            inside.stream().anyMatch(Inner.FromInput.class::isInstance)));
    return true;
  }

  private Expansion.Runner runner(Scope scope, List<Integer> composed) {
    return script -> {
      int first = steps.size();
      visit(script, scope.copy(), List.of());
      composed.addAll(indices(first));
      return steps.size() == first + 1 ? echoed(steps.get(first)) : Optional.empty();
    };
  }

  /** Return what an {@code echo} or a plain {@code printf} writes. */
  private static Optional<String> echoed(PlanStep step) {
    List<String> words = step.words();
    boolean known = step.argv().stream().allMatch(Argument::known) && step.redirections().isEmpty();
    boolean plain = words.size() > 1 && !words.get(1).startsWith("-");
    if (!known || !plain) {
      return Optional.empty();
    }
    String text = String.join(" ", words.subList(1, words.size()));
    return switch (words.get(0)) {
      case "echo" -> Optional.of(text);
      case "printf" ->
          words.size() == 2 && text.indexOf('%') < 0 && text.indexOf('\\') < 0
              ? Optional.of(text)
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private List<Integer> fedBy(List<Node.Redirect> redirects, Scope scope, List<Integer> outer) {
    if (redirects.isEmpty()) {
      return outer;
    }
    int first = steps.size();
    simple(new Node.Simple(List.of(), List.of(), redirects), scope, outer);
    List<Integer> all = new ArrayList<>(outer);
    all.addAll(indices(first));
    return all;
  }

  private List<Integer> indices(int first) {
    List<Integer> all = new ArrayList<>();
    for (int i = first; i < steps.size(); i++) {
      all.add(i);
    }
    return all;
  }
}
