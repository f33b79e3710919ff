package dev.aegis.policy.command;

import dev.aegis.policy.command.PlanStep.Trait;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Follows simple commands: functions, aliases, builtins, wrappers, programs. */
final class Calls {
  private static final Set<String> RUNS_WORDS = Set.of("eval", "trap");

  private final Walk walk;
  private final StepBook book;
  private final Set<String> calling = new HashSet<>();
  private final Set<String> renamed = new HashSet<>();

  Calls(Walk walk, StepBook book) {
    this.walk = walk;
    this.book = book;
  }

  /** Follow a command; return what it prints, when that is known. */
  Optional<String> command(Call call) {
    Argument first = call.argv.get(0);
    if (first.known()) {
      Optional<Call> alias = aliased(call);
      if (alias.isPresent()) {
        renamed.add(first.text());
        Optional<String> out = command(alias.get());
        renamed.remove(first.text());
        return out;
      }
      Optional<Node> function = call.scope.function(first.text());
      if (function.isPresent()) {
        return function(call, function.get());
      }
    }
    List<Argument> rest = call.argv.subList(1, call.argv.size());
    builtin(first.text(), rest, call);
    Optional<String> out = step(ProgramName.of(first.text()), call);
    if (first.text().equals("eval")) {
      inner(new Inner.Script(Unwrapping.joined(rest)), call.scope, call.feed);
    } else if (first.text().equals("trap")) {
      rest.stream()
          .filter(a -> !a.text().startsWith("-"))
          .findFirst()
          .ifPresent(a -> inner(new Inner.Script(a), call.scope.copy(), call.feed));
    }
    return out;
  }

  private Optional<Call> aliased(Call call) {
    String name = call.argv.get(0).text();
    Optional<String> alias = renamed.contains(name) ? Optional.empty() : call.scope.alias(name);
    if (alias.isEmpty()) {
      return Optional.empty();
    }
    return CommandLine.arguments(alias.get(), call.scope)
        .map(
            words -> {
              List<Argument> argv = new ArrayList<>(words);
              argv.addAll(call.argv.subList(1, call.argv.size()));
              return like(call, argv, call.scope);
            });
  }

  private static Call like(Call call, List<Argument> argv, Scope scope) {
    Call other = new Call(argv, scope);
    other.assignments = call.assignments;
    other.composed = call.composed;
    other.feed = call.feed;
    other.redirections.addAll(call.redirections);
    return other;
  }

  private Optional<String> function(Call call, Node body) {
    String name = call.argv.get(0).text();
    if (!calling.add(name)) {
      add(
          call,
          List.of(),
          Optional.empty(),
          walk.isForked() ? EnumSet.of(Trait.MULTIPLIES) : EnumSet.noneOf(Trait.class));
      return Optional.empty();
    }
    if (!call.redirections.isEmpty()) {
      Call nothing = like(call, List.of(Argument.of(":")), call.scope);
      add(nothing, List.of(), Optional.empty());
    }
    Optional<List<Argument>> outer = call.scope.positional();
    call.scope.positional(Optional.of(List.copyOf(call.argv)));
    Optional<String> out = walk.visit(body, call.scope, call.feed);
    call.scope.positional(outer);
    calling.remove(name);
    return out;
  }

  private static void builtin(String name, List<Argument> rest, Call call) {
    Scope scope = call.scope;
    switch (name) {
      case "cd", "pushd" ->
          scope.changeDirectory(
              rest.stream()
                  .filter(a -> !a.text().startsWith("-") || a.text().equals("-"))
                  .findFirst());
      case "popd" -> scope.changeDirectory(Optional.of(Argument.unknown("…")));
      case "export", "local", "declare", "typeset", "readonly" -> {
        List<PlanStep.Assignment> all = new ArrayList<>(call.assignments);
        declared(rest)
            .forEach(
                assignment -> {
                  scope.set(assignment.name(), assignment.value());
                  all.add(assignment);
                });
        call.assignments = all;
      }
      case "alias" ->
          declared(rest).stream()
              .filter(a -> a.value().known())
              .forEach(a -> scope.alias(a.name(), a.value().text()));
      case "read", "mapfile", "readarray", "unset", "getopts" ->
          rest.forEach(
              a ->
                  scope.set(
                      a.text(), new Argument("$" + a.text(), false, false, call.feed.steps())));
      case "printf" -> printed(rest, call);
      case "set", "shift" -> scope.positional(Optional.empty());
      default -> {}
    }
  }

  /** {@code printf -v NAME …} sets a variable. */
  private static void printed(List<Argument> rest, Call call) {
    if (rest.size() > 2 && rest.get(0).text().equals("-v")) {
      List<Argument> argv = new ArrayList<>(List.of(Argument.of("printf")));
      argv.addAll(rest.subList(2, rest.size()));
      Optional<String> text = StaticOutput.of("printf", argv, Optional.empty());
      String name = rest.get(1).text();
      call.scope.set(name, text.map(Argument::of).orElse(Argument.unknown("$" + name)));
    }
  }

  private static List<PlanStep.Assignment> declared(List<Argument> words) {
    List<PlanStep.Assignment> all = new ArrayList<>();
    for (Argument word : words) {
      int equals = word.text().indexOf('=');
      if (equals > 0) {
        all.add(
            new PlanStep.Assignment(
                word.text().substring(0, equals),
                word.withText(word.text().substring(equals + 1))));
      }
    }
    return all;
  }

  /** Write down a program and go into what it starts. */
  Optional<String> step(String program, Call call) {
    Argument first = call.argv.get(0);
    List<Inner> inside =
        first.known() || (first.from().isEmpty() && program.indexOf('$') < 0)
            ? inside(program, call)
            : List.of();
    Optional<String> out =
        call.redirections.stream().anyMatch(Redirection::write)
            ? Optional.of("")
            : program.equals("pwd") && call.argv.size() == 1
                ? call.scope.cwd().map(c -> c + "\n")
                : StaticOutput.of(program, call.argv, call.feed.text());
    if (!add(call, inside, out)) {
      return Optional.empty();
    }
    Optional<String> innerOut = Optional.empty();
    for (Inner one : inside) {
      innerOut = inner(one, call.scope.copy(), call.feed);
    }
    return inside.size() == 1 ? innerOut : out;
  }

  /** {@code xargs} puts the words that it reads behind its command. */
  private List<Inner> inside(String program, Call call) {
    if (!program.equals("xargs")) {
      return Unwrapping.of(program, call.argv);
    }
    List<Argument> words = fed(call.feed);
    if (words.isEmpty()) {
      return Unwrapping.of(program, call.argv);
    }
    List<Argument> argv = new ArrayList<>();
    boolean replaces =
        call.argv.stream().anyMatch(a -> a.text().startsWith("-I") || a.text().startsWith("-i"));
    if (!replaces) {
      argv.addAll(call.argv);
      argv.addAll(words);
      return Unwrapping.of(program, argv, true);
    }
    for (int i = 0; i < call.argv.size(); i++) {
      Argument word = call.argv.get(i);
      boolean mark = i > 0 && call.argv.get(i - 1).text().matches("-[Ii]|--replace");
      boolean whole = word.text().equals("{}") && !mark;
      if (whole) {
        argv.addAll(words);
      } else if (word.text().contains("{}") && !mark && words.size() == 1 && words.get(0).known()) {
        argv.add(word.withText(word.text().replace("{}", words.get(0).text())));
      } else {
        argv.add(word);
      }
    }
    return Unwrapping.of(program, argv, true);
  }

  private List<Argument> fed(Feed feed) {
    if (feed.text().isPresent()) {
      return Arrays.stream(feed.text().get().strip().split("\\s+", Bounds.ROUNDS))
          .filter(word -> !word.isEmpty())
          .map(Argument::of)
          .toList();
    }
    return feed.steps().size() == 1
        ? FoundNames.printedBy(book.step(feed.steps().get(0)))
        : List.of();
  }

  boolean add(Call call, List<Inner> inside, Optional<String> output) {
    return add(call, inside, output, EnumSet.noneOf(Trait.class));
  }

  boolean add(Call call, List<Inner> inside, Optional<String> output, Set<Trait> more) {
    Set<Trait> traits = EnumSet.noneOf(Trait.class);
    traits.addAll(more);
    String name = call.argv.get(0).text();
    if (!inside.isEmpty() || RUNS_WORDS.contains(name)) {
      traits.add(Trait.WRAPPER);
    }
    Set<Integer> composed = new LinkedHashSet<>(call.composed);
    call.argv.forEach(a -> composed.addAll(a.from()));
    for (Inner one : inside) {
      if (one instanceof Inner.FromInput) {
        traits.add(Trait.RUNS_INPUT);
        boolean closed = call.feed.text().isEmpty() && !call.feed.steps().isEmpty();
        if (closed) {
          traits.add(Trait.RUNS_UNKNOWN);
        }
      } else if (one instanceof Inner.Script script && !script.text().known()) {
        traits.add(Trait.RUNS_UNKNOWN);
      } else if (one instanceof Inner.Code code && !code.text().known()) {
        traits.add(Trait.RUNS_UNKNOWN);
      }
    }
    if (name.equals("eval")
        && call.argv.stream().skip(1).anyMatch(a -> !a.known() && !a.pattern())) {
      traits.add(Trait.RUNS_UNKNOWN);
    }
    return book.add(
        new PlanStep(
            call.argv,
            call.assignments,
            call.redirections,
            call.scope.cwd(),
            call.feed.steps(),
            new ArrayList<>(composed),
            traits,
            call.scope.place(),
            call.feed.text(),
            call.written),
        output);
  }

  /** Go into what a wrapper holds; return what that prints, when it is known. */
  Optional<String> inner(Inner inner, Scope outer, Feed feed) {
    if (!walk.enter()) {
      return Optional.empty();
    }
    try {
      boolean same = inner.place() == PlanStep.Place.HERE;
      return enter(inner, same ? outer : outer.elsewhere(inner.place()), feed);
    } finally {
      walk.leave();
    }
  }

  private Optional<String> enter(Inner inner, Scope scope, Feed feed) {
    if (inner instanceof Inner.Command command) {
      command.directory().ifPresent(d -> scope.changeDirectory(Optional.of(d)));
      command.assignments().forEach(a -> scope.set(a.name(), a.value()));
      Call call = new Call(command.argv(), scope);
      call.assignments = command.assignments();
      call.feed = feed;
      return step(ProgramName.of(command.argv().get(0).text()), call);
    }
    if (inner instanceof Inner.Script script) {
      if (!script.text().known()) {
        return Optional.empty();
      }
      if (!script.positional().isEmpty()) {
        scope.positional(Optional.of(script.positional()));
      }
      return walk.script(script.text().text(), scope, feed);
    }
    if (inner instanceof Inner.Code code) {
      if (code.text().known()) {
        code(code.language(), code.text().text(), scope);
      }
      return Optional.empty();
    }
    return fromInput(((Inner.FromInput) inner).language(), scope, feed);
  }

  private Optional<String> fromInput(String language, Scope scope, Feed feed) {
    Optional<String> text = feed.text();
    if (text.isEmpty() && feed.steps().size() == 1) {
      text = book.output(feed.steps().get(0));
    }
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (!language.equals("sh")) {
      code(language, text.get(), scope);
      return Optional.empty();
    }
    return walk.script(text.get(), scope, Feed.NOTHING);
  }

  private void code(String language, String text, Scope scope) {
    walk.work().spend(text.length());
    new CodeSteps(this, book, scope).follow(language, text);
  }
}
