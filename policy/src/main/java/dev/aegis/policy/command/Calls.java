package dev.aegis.policy.command;

import dev.aegis.policy.command.PlanStep.Trait;
import java.util.ArrayList;
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
  private final WrittenPrograms programs;
  private final Set<String> calling = new HashSet<>();
  private final Set<String> renamed = new HashSet<>();

  Calls(Walk walk, StepBook book) {
    this.walk = walk;
    this.book = book;
    programs = new WrittenPrograms(book.drafts());
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
    Builtins.carryOut(call);
    Optional<String> out = step(ProgramName.of(first.text()), call);
    words(call);
    return out;
  }

  /** Go into what builtins run of their words. */
  private void words(Call call) {
    List<Argument> rest = call.argv.subList(1, call.argv.size());
    if (call.argv.get(0).text().equals("eval")) {
      inner(new Inner.Script(Unwrapping.joined(rest)), call.scope, call.feed);
    } else if (call.argv.get(0).text().equals("trap")) {
      rest.stream()
          .filter(a -> !a.text().startsWith("-"))
          .findFirst()
          .ifPresent(a -> walk.atTheEnd(new Inner.Script(a), call.scope));
    }
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

  /** Write down a program and go into what it starts. */
  Optional<String> step(String program, Call call) {
    Argument first = call.argv.get(0);
    List<Inner> inside =
        first.known() || (first.from().isEmpty() && program.indexOf('$') < 0)
            ? inside(program, call)
            : List.of();
    Optional<String> printed =
        program.equalsIgnoreCase("pwd") && call.argv.size() == 1
            ? call.scope.cwd().map(c -> c + "\n")
            : printed(program, call);
    boolean elsewhere = call.redirections.stream().anyMatch(Redirection::printed);
    Optional<String> out = elsewhere ? Optional.of("") : printed;
    if (!add(call, inside, out)) {
      return Optional.empty();
    }
    draft(program, call, printed);
    Optional<WrittenPrograms.Found> written =
        programs
            .find(program, call)
            .filter(found -> book.drafts().begin(call.scope.cwd(), found.file()));
    Optional<String> innerOut = Optional.empty();
    for (Inner one : inside) {
      innerOut = inner(one, call.scope.copy(), call.feed);
    }
    written.ifPresent(found -> written(found, program, call));
    return inside.size() == 1 && !elsewhere ? innerOut : out;
  }

  private Optional<String> printed(String program, Call call) {
    Optional<String> known = StaticOutput.of(program, call.argv, call.feed.text());
    boolean file = known.isEmpty() && program.equals("cat") && call.argv.size() == 2;
    return file && call.argv.get(1).known()
        ? book.drafts().text(call.scope.cwd(), call.argv.get(1).text())
        : known;
  }

  /** Keep the texts of files that are written here. */
  private void draft(String program, Call call, Optional<String> printed) {
    if (call.scope.place() != PlanStep.Place.HERE) {
      return;
    }
    for (Redirection redirection : call.redirections) {
      if (redirection.printed() && redirection.target().known()) {
        book.drafts()
            .write(call.scope.cwd(), redirection.target().text(), printed, redirection.appends());
      }
    }
    if (program.equals("tee") || program.equals("sponge")) {
      boolean appends = call.argv.stream().anyMatch(a -> a.text().equals("-a"));
      call.argv.stream()
          .skip(1)
          .filter(a -> a.known() && !a.text().startsWith("-"))
          .forEach(a -> book.drafts().write(call.scope.cwd(), a.text(), call.feed.text(), appends));
    }
    if ((program.equals("cp") || program.equals("mv")) && call.argv.size() == 3) {
      String from = call.argv.get(1).text();
      book.drafts()
          .write(
              call.scope.cwd(),
              call.argv.get(2).text(),
              book.drafts().text(call.scope.cwd(), from),
              false);
    }
  }

  /** Go into a program that was written before. */
  private void written(WrittenPrograms.Found found, String program, Call call) {
    Optional<String> cwd = call.scope.cwd();
    boolean same = program.equals("source") || program.equals(".");
    inner(found.inner(), same ? call.scope : call.scope.copy(), call.feed);
    book.drafts().end(cwd, found.file());
  }

  private List<Inner> inside(String program, Call call) {
    if (!HandedWords.are(program)) {
      return Unwrapping.of(program, call.argv);
    }
    Optional<String> text = call.feed.text();
    List<Argument> found =
        text.isEmpty() && call.feed.steps().size() == 1
            ? FoundNames.printedBy(book.step(call.feed.steps().get(0)))
            : List.of();
    return HandedWords.of(program, call.argv, text, found);
  }

  boolean add(Call call, List<Inner> inside, Optional<String> output) {
    return add(call, inside, output, EnumSet.noneOf(Trait.class));
  }

  boolean add(Call call, List<Inner> inside, Optional<String> output, Set<Trait> more) {
    Set<Trait> traits = EnumSet.noneOf(Trait.class);
    traits.addAll(more);
    traits.addAll(call.traits);
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
            call.feed.text().or(() -> drafted(call)),
            call.written),
        output);
  }

  /** The text of a file that this command wrote and the program is told to read. */
  private Optional<String> drafted(Call call) {
    if (call.scope.place() != PlanStep.Place.HERE) {
      return Optional.empty();
    }
    return call.argv.stream()
        .skip(1)
        .filter(Argument::known)
        .map(a -> a.text().substring(a.text().startsWith("--") ? a.text().indexOf('=') + 1 : 0))
        .flatMap(name -> book.drafts().text(call.scope.cwd(), name).stream())
        .findFirst();
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
      Optional<String> out = step(ProgramName.of(command.argv().get(0).text()), call);
      words(call);
      return out;
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
