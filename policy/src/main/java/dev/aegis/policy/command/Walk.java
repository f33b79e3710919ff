package dev.aegis.policy.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Walks through a command as a shell would and writes down the steps. */
final class Walk {
  private final Work work = new Work();
  private final StepBook book = new StepBook();
  private final Calls calls = new Calls(this, book);
  private final List<Runnable> last = new ArrayList<>();
  private int spent;
  private int depth;
  private int forks;

  CommandPlan plan() {
    for (int i = 0; i < last.size() && i < Bounds.ROUNDS; i++) {
      last.get(i).run();
    }
    last.clear();
    return book.plan();
  }

  /** Go into a script when everything else has run, as a trap does. */
  void atTheEnd(Inner script, Scope scope) {
    last.add(() -> calls.inner(script, scope, Feed.NOTHING));
  }

  /** Walk through a script; return what it prints, when that is known. */
  Optional<String> script(String text, Scope scope, Feed feed) {
    try {
      return visit(ShellParser.parse(text, work), scope, feed);
    } catch (ShellSyntaxException e) {
      book.problem(e.getMessage());
      return Optional.empty();
    }
  }

  /** Note a program and go into it. */
  void program(String name, List<Argument> argv, Scope scope) {
    calls.step(name, new Call(argv, scope));
  }

  /** Visit a node; return what it prints, when that is known. */
  Optional<String> visit(Node node, Scope scope, Feed feed) {
    if (++spent > Bounds.WORK || depth > Bounds.DEPTH || work.isExhausted()) {
      book.problem("too much to follow");
      return Optional.empty();
    }
    depth++;
    try {
      return dispatch(node, scope, feed);
    } finally {
      depth--;
    }
  }

  private Optional<String> dispatch(Node node, Scope scope, Feed feed) {
    if (node instanceof Node.Simple simple) {
      return simple(simple, scope, feed);
    } else if (node instanceof Node.Pipeline pipeline) {
      return pipeline(pipeline, scope, feed);
    } else if (node instanceof Node.Background background) {
      forks++;
      visit(background.body(), scope.copy(), feed);
      forks--;
      return Optional.empty();
    } else if (node instanceof Node.Sequence sequence) {
      return sequence(sequence, scope, feed);
    } else if (node instanceof Node.Subshell subshell) {
      Scope inside = scope.copy();
      Optional<String> out =
          visit(subshell.body(), inside, fedBy(subshell.redirects(), inside, feed));
      return subshell.redirects().isEmpty() ? out : Optional.empty();
    } else if (node instanceof Node.Compound compound) {
      return compound(compound, scope, feed);
    } else if (node instanceof Node.For loop) {
      return loop(loop, scope, feed);
    } else if (node instanceof Node.Function function) {
      scope.define(function.name(), function.body());
    }
    return Optional.of("");
  }

  private Optional<String> pipeline(Node.Pipeline pipeline, Scope scope, Feed feed) {
    forks++;
    Feed before = feed;
    for (Node stage : pipeline.stages()) {
      int first = book.size();
      Optional<String> out = visit(stage, scope.copy(), before);
      before = new Feed(book.since(first), out);
    }
    forks--;
    return before.text();
  }

  private Optional<String> sequence(Node.Sequence sequence, Scope scope, Feed feed) {
    StringBuilder all = new StringBuilder();
    boolean known = true;
    for (Node node : sequence.nodes()) {
      Optional<String> out = visit(node, scope, feed);
      known &= out.isPresent() && all.length() < Bounds.SCRIPT;
      if (known) {
        all.append(out.get());
      }
    }
    return known ? Optional.of(all.toString()) : Optional.empty();
  }

  private Optional<String> compound(Node.Compound compound, Scope scope, Feed feed) {
    Feed inside = fedBy(compound.redirects(), scope, feed);
    boolean group = compound.parts().size() == 1;
    Optional<String> out = Optional.empty();
    for (Node part : compound.parts()) {
      Scope before = scope.copy();
      out = visit(part, scope, inside);
      scope.agreeWith(before);
    }
    return group && compound.redirects().isEmpty() ? out : Optional.empty();
  }

  private Optional<String> loop(Node.For loop, Scope scope, Feed feed) {
    List<Argument> words = new ArrayList<>();
    List<Integer> composed = new ArrayList<>();
    loop.words().forEach(w -> words.addAll(Expansion.words(w, scope, runner(scope, composed))));
    Feed inside = fedBy(loop.redirects(), scope, feed);
    Scope before = scope.copy();
    boolean open = words.stream().anyMatch(w -> !w.known());
    if (words.size() > Bounds.ROUNDS || (open && words.size() != 1)) {
      words.clear();
      words.add(new Argument("$" + loop.name(), false, false, composed));
    }
    for (Argument word : words) {
      scope.set(loop.name(), word);
      visit(loop.body(), scope, inside);
    }
    scope.agreeWith(before);
    return Optional.empty();
  }

  private Optional<String> simple(Node.Simple simple, Scope scope, Feed feed) {
    List<Integer> composed = new ArrayList<>();
    Expansion.Runner runner = runner(scope, composed);
    List<Argument> argv = new ArrayList<>();
    simple.words().forEach(w -> argv.addAll(Expansion.words(w, scope, runner)));
    argv.forEach(a -> work.spend(a.text().length()));
    List<PlanStep.Assignment> assignments = new ArrayList<>();
    for (Node.Assignment assignment : simple.assignments()) {
      assign(assignment, scope, runner, argv.isEmpty(), assignments);
    }
    Call call = new Call(argv, scope);
    call.assignments = assignments;
    call.composed = composed;
    if (simple.words().stream().anyMatch(Word::hidesBlanks)) {
      call.traits = Set.of(PlanStep.Trait.RUNS_DECODED);
    }
    call.feed = redirected(simple.redirects(), call, runner, feed);
    if (!argv.isEmpty()) {
      return calls.command(call);
    }
    if (!call.redirections.isEmpty() || assignments.stream().anyMatch(Walk::isExported)) {
      call.argv = List.of(Argument.of(":"));
      calls.add(call, List.of(), Optional.empty());
    }
    return Optional.of("");
  }

  /** A variable in capitals may be known to the programs that follow. */
  private static boolean isExported(PlanStep.Assignment assignment) {
    return assignment.name().chars().noneMatch(Character::isLowerCase);
  }

  private void assign(
      Node.Assignment assignment,
      Scope scope,
      Expansion.Runner runner,
      boolean lasting,
      List<PlanStep.Assignment> all) {
    List<Word.Part> parts = assignment.value().parts();
    if (parts.size() == 1 && parts.get(0) instanceof Word.Items items) {
      List<Argument> elements = new ArrayList<>();
      items.words().forEach(w -> elements.addAll(Expansion.words(w, scope, runner)));
      scope.setArray(assignment.name(), elements);
      return;
    }
    Argument value = Expansion.text(assignment.value(), scope, runner);
    work.spend(value.text().length());
    all.add(new PlanStep.Assignment(assignment.name(), value));
    if (lasting) {
      scope.set(assignment.name(), value);
    }
  }

  private Feed redirected(
      List<Node.Redirect> redirects, Call call, Expansion.Runner runner, Feed feed) {
    Feed input = feed;
    for (Node.Redirect redirect : redirects) {
      Argument target = Expansion.text(redirect.target(), call.scope, runner);
      switch (redirect.operator()) {
        case "<<" ->
            input = new Feed(target.from(), Optional.of(target.text()).filter(t -> target.known()));
        case "<<<" ->
            input =
                new Feed(
                    target.from(), Optional.of(target.text() + "\n").filter(t -> target.known()));
        case "<" -> {
          call.redirections.add(Redirection.reading(target));
          input = new Feed(target.from(), read(redirect.target(), target, call.scope));
        }
        case "<&" -> {}
        case ">&" -> {
          if (!target.text().matches("[0-9]*-?")) {
            call.redirections.add(new Redirection(true, target, true, false));
          }
        }
        default -> {
          boolean appends = redirect.operator().endsWith(">>");
          call.redirections.add(new Redirection(true, target, redirect.descriptor() == 1, appends));
        }
      }
    }
    return input;
  }

  /** What a file holds that this command wrote, or what a script behind {@code <(…)} prints. */
  private Optional<String> read(Word name, Argument target, Scope scope) {
    boolean process = name.parts().size() == 1 && name.parts().get(0) instanceof Word.ProcessFile;
    if (process && target.from().size() == 1) {
      return book.output(target.from().get(0));
    }
    return target.known() ? book.drafts().text(scope.cwd(), target.text()) : Optional.empty();
  }

  private Expansion.Runner runner(Scope scope, List<Integer> composed) {
    return script -> {
      int first = book.size();
      Optional<String> out = visit(script, scope.copy(), Feed.NOTHING);
      List<Integer> made = book.since(first);
      composed.addAll(made);
      List<Argument> names =
          made.size() == 1 ? FoundNames.printedBy(book.step(made.get(0))) : List.of();
      return new Expansion.Outcome(out.map(Walk::withoutLastLines), made, names);
    };
  }

  private static String withoutLastLines(String text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == '\n') {
      end--;
    }
    return text.substring(0, end);
  }

  private Feed fedBy(List<Node.Redirect> redirects, Scope scope, Feed outer) {
    if (redirects.isEmpty()) {
      return outer;
    }
    Call call = new Call(List.of(Argument.of(":")), scope);
    Feed feed = redirected(redirects, call, runner(scope, call.composed), outer);
    int first = book.size();
    if (!call.redirections.isEmpty()) {
      call.feed = outer;
      calls.add(call, List.of(), Optional.empty());
    }
    return feed.and(book.since(first));
  }

  /** Tell whether what runs now runs beside its parent. */
  boolean isForked() {
    return forks > 0;
  }

  /** Go one level deeper; false when that is too deep. */
  boolean enter() {
    if (depth >= Bounds.DEPTH) {
      book.problem("nested more than " + Bounds.DEPTH + " levels deep");
      return false;
    }
    depth++;
    return true;
  }

  void leave() {
    depth--;
  }

  Work work() {
    return work;
  }
}
