package dev.aegis.policy.command;

import dev.aegis.policy.code.Act;
import dev.aegis.policy.code.CodeReader;
import dev.aegis.policy.command.PlanStep.Trait;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Writes what code of another language would do as the steps of a shell that does the same. */
final class CodeSteps {
  private static final String UNKNOWN = "…";

  private final Calls calls;
  private final StepBook book;
  private final Scope scope;
  private final List<Integer> fetches = new ArrayList<>();
  private final Set<String> files = new HashSet<>();
  private boolean connects;
  private boolean attaches;

  CodeSteps(Calls calls, StepBook book, Scope scope) {
    this.calls = calls;
    this.book = book;
    this.scope = scope;
  }

  void follow(String language, String code) {
    List<Act> acts = CodeReader.read(language, code);
    for (Act act : acts) {
      act(act);
    }
    if (connects && attaches) {
      step(List.of("nc", "-e", "/bin/sh"), List.of(), "a shell for whoever connects");
    }
  }

  private void act(Act act) {
    List<Argument> words = act.words().stream().map(this::argument).toList();
    switch (act.kind()) {
      case SHELL -> shell(words, act.written());
      case SPAWN -> spawn(words, act.written());
      case DELETE -> step(before(List.of("rm"), words), act.written());
      case DELETE_TREE -> step(before(List.of("rm", "-r"), words), act.written());
      case MOVE -> step(before(List.of("mv"), words), act.written());
      case COPY -> step(before(List.of("cp"), words), act.written());
      case MODE -> step(before(List.of("chmod"), words), act.written());
      case WRITE -> redirect(words, true, act.written());
      case READ -> redirect(words, false, act.written());
      case FETCH, SEND -> fetch(words, act.written());
      case PRINT -> step(before(List.of("echo"), words), act.written());
      case SQL -> step(before(List.of("psql", "-c"), words), act.written());
      case SIGNAL ->
          step(
              before(List.of("kill", "--"), words.subList(0, Math.min(1, words.size()))),
              act.written());
      case INSTALL -> step(before(List.of("install-package"), words), act.written());
      case FORK -> multiply(act.written());
      case CALL -> {}
      case EVALUATE -> evaluate(words, false, act.written());
      case EVALUATE_DECODED -> evaluate(words, true, act.written());
      case CONNECT -> connects = true;
      case ATTACH -> attaches = true;
    }
  }

  private Argument argument(Act.Word word) {
    if (!word.known()) {
      String text = word.text();
      return new Argument(atHome(text), false, word.pattern(), List.of());
    }
    return Argument.of(atHome(word.text()));
  }

  private String atHome(String text) {
    boolean home = text.equals("~") || text.startsWith("~/");
    return home ? scope.variable("HOME").map(h -> h.text() + text.substring(1)).orElse(text) : text;
  }

  private static List<Argument> before(List<String> head, List<Argument> words) {
    List<Argument> argv = new ArrayList<>();
    head.forEach(word -> argv.add(Argument.of(word)));
    argv.addAll(words);
    return argv;
  }

  private void shell(List<Argument> words, String written) {
    if (words.isEmpty()) {
      return;
    }
    runWritten(words.get(0), written);
    Call call = new Call(before(List.of("sh", "-c"), words.subList(0, 1)), scope.copy());
    call.written = Optional.of(written);
    call.composed = new ArrayList<>(words.get(0).known() ? List.of() : fetches);
    calls.step("sh", call);
    attaches |=
        words.get(0).known()
            && words
                .get(0)
                .text()
                .matches("(?s)(exec )?(/bin/|/usr/bin/)?(ba|z|da)?sh( -i)?( .*)?");
  }

  private void spawn(List<Argument> words, String written) {
    if (words.isEmpty()) {
      return;
    }
    words.forEach(word -> runWritten(word, written));
    Call call = new Call(new ArrayList<>(words), scope.copy());
    call.written = Optional.of(written);
    String name = ProgramName.of(words.get(0).text());
    calls.step(words.get(0).known() ? name : UNKNOWN, call);
    attaches |=
        words.get(0).known() && name.matches("(ba|z|da)?sh|cmd|powershell") && words.size() < 3;
  }

  /** What code writes and then runs it may have fetched. */
  private void runWritten(Argument command, String written) {
    boolean runs =
        command.known() && Arrays.stream(command.text().split("\\s+", 8)).anyMatch(files::contains);
    if (runs && !fetches.isEmpty()) {
      evaluate(List.of(Argument.unknown(UNKNOWN)), false, written);
    }
  }

  private void redirect(List<Argument> words, boolean write, String written) {
    if (words.isEmpty()) {
      return;
    }
    Call call = new Call(List.of(Argument.of(":")), scope.copy());
    call.redirections.add(
        write ? Redirection.writing(words.get(0)) : Redirection.reading(words.get(0)));
    call.written = Optional.of(written);
    if (write && words.get(0).known()) {
      files.add(words.get(0).text());
    }
    calls.add(call, List.of(), Optional.empty());
  }

  /** A name that is no address is a file that is read. */
  private void fetch(List<Argument> words, String written) {
    boolean file =
        !words.isEmpty() && words.get(0).known() && words.get(0).text().matches("[~./][^:]*");
    if (file) {
      redirect(words, false, written);
      return;
    }
    Call call = new Call(before(List.of("curl"), words), scope.copy());
    if (words.stream().anyMatch(w -> !w.known() && w.text().contains("$(env)"))) {
      call.composed = List.of(book.size());
      step(List.of(Argument.of("env")), "env");
    }
    call.written = Optional.of(written);
    fetches.add(book.size());
    calls.step("curl", call);
  }

  private void multiply(String written) {
    Call call = new Call(List.of(Argument.of(":")), scope.copy());
    call.written = Optional.of(written);
    calls.add(call, List.of(), Optional.empty(), EnumSet.of(Trait.MULTIPLIES));
  }

  private void evaluate(List<Argument> words, boolean decoded, String written) {
    boolean known = words.stream().allMatch(Argument::known);
    Call call = new Call(before(List.of("eval"), words), scope.copy());
    call.composed = new ArrayList<>(known ? List.of() : fetches);
    call.written = Optional.of(written);
    Set<Trait> traits = EnumSet.noneOf(Trait.class);
    if (decoded) {
      traits.add(Trait.RUNS_DECODED);
    }
    calls.add(call, List.of(), Optional.empty(), traits);
  }

  private void step(List<String> argv, List<Argument> words, String written) {
    step(before(argv, words), written);
  }

  private void step(List<Argument> argv, String written) {
    Call call = new Call(argv, scope.copy());
    call.written = Optional.of(written);
    calls.step(argv.get(0).text(), call);
  }
}
