package dev.aegis.policy.command;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Expands words as a shell would, as far as that can be known. */
final class Expansion {
  private final Scope scope;
  private final Runner runner;
  private final List<Argument> fields = new ArrayList<>();
  private final Set<Integer> from = new LinkedHashSet<>();
  private StringBuilder text = new StringBuilder();
  private boolean known = true;
  private boolean pattern;
  private boolean started;

  /**
   * What a script inside a word comes to.
   *
   * @param text its output without the last line ends, when that can be known
   * @param steps what it runs
   * @param names of files that it prints, as far as patterns tell them
   */
  record Outcome(Optional<String> text, List<Integer> steps, List<Argument> names) {
    static final Outcome NOTHING = new Outcome(Optional.empty(), List.of(), List.of());
  }

  /** Runs the scripts inside of words. */
  interface Runner {
    Outcome output(Node script);
  }

  private Expansion(Scope scope, Runner runner) {
    this.scope = scope;
    this.runner = runner;
  }

  /** Return the words that one word becomes: none, one or several. */
  static List<Argument> words(Word word, Scope scope, Runner runner) {
    List<Argument> all = new ArrayList<>();
    for (Word one : BraceExpansion.of(word)) {
      Expansion expansion = new Expansion(scope, runner);
      one.parts().forEach(part -> expansion.add(part, true));
      expansion.endField();
      all.addAll(expansion.fields);
    }
    return all;
  }

  /** Return the one text that a word becomes where no splitting is done. */
  static Argument text(Word word, Scope scope, Runner runner) {
    Expansion expansion = new Expansion(scope, runner);
    word.parts().forEach(part -> expansion.add(part, false));
    boolean pattern = expansion.known && expansion.pattern;
    return new Argument(
        expansion.text.toString(),
        expansion.known && !pattern,
        pattern,
        List.copyOf(expansion.from));
  }

  private void add(Word.Part part, boolean split) {
    if (text.length() > Bounds.WORD) {
      known = false;
      return;
    }
    if (part instanceof Word.Text literal) {
      append(literal.text());
    } else if (part instanceof Word.Pattern glob) {
      append(glob.text());
      pattern |= split;
    } else if (part instanceof Word.Tilde) {
      variable("HOME", "~", true);
    } else if (part instanceof Word.Parameter parameter) {
      parameter(parameter, split);
    } else if (part instanceof Word.Modified modified) {
      modified(modified, split && !modified.quoted());
    } else if (part instanceof Word.Element element) {
      element(element, split);
    } else if (part instanceof Word.Items items) {
      items.words().forEach(w -> from.addAll(text(w, scope, runner).from()));
      unknown("(…)");
    } else if (part instanceof Word.Output output) {
      output(runner.output(output.script()), split && !output.quoted());
    } else if (part instanceof Word.ProcessFile process) {
      from.addAll(runner.output(process.script()).steps());
      unknown(process.input() ? "<(…)" : ">(…)");
    } else if (part instanceof Word.Unknown unknown) {
      unknown.scripts().forEach(s -> from.addAll(runner.output(s).steps()));
      unknown(unknown.written());
    }
  }

  private void output(Outcome outcome, boolean split) {
    from.addAll(outcome.steps());
    if (outcome.text().isPresent()) {
      value(outcome.text().get(), split);
    } else if (split && !started && !outcome.names().isEmpty()) {
      for (Argument name : outcome.names()) {
        argument(name);
        endField();
      }
    } else {
      unknown("$(…)");
    }
  }

  private void parameter(Word.Parameter parameter, boolean split) {
    String name = parameter.name();
    if (name.equals("@") || name.equals("*")) {
      all(scope.positional().map(w -> w.isEmpty() ? w : w.subList(1, w.size())), split);
    } else if (isNumber(name)) {
      positional(Integer.parseInt(name), split && !parameter.quoted());
    } else {
      variable(name, "$" + name, parameter.quoted() || !split);
    }
  }

  private static boolean isNumber(String name) {
    return !name.isEmpty() && Character.isDigit(name.charAt(0)) && name.length() < 4;
  }

  private void all(Optional<List<Argument>> words, boolean split) {
    if (words.isEmpty()) {
      unknown("$@");
      return;
    }
    for (int i = 0; i < words.get().size(); i++) {
      if (i > 0 && split) {
        endField();
      } else if (i > 0) {
        append(" ");
      }
      argument(words.get().get(i));
    }
  }

  private void element(Word.Element element, boolean split) {
    Optional<List<Argument>> items = scope.array(element.array());
    if (items.isEmpty()) {
      unknown(element.written());
    } else if (element.index().equals("@") || element.index().equals("*")) {
      all(items, split);
    } else if (element.index().equals("#")) {
      append(String.valueOf(items.get().size()));
    } else if (element.index().matches("[0-9]{1,4}")) {
      int index = Integer.parseInt(element.index());
      if (index < items.get().size()) {
        argument(items.get().get(index));
      }
    } else {
      unknown(element.written());
    }
  }

  private void modified(Word.Modified modified, boolean split) {
    Argument operand = text(modified.operand(), scope, runner);
    from.addAll(operand.from());
    Optional<Argument> value = valueOf(modified.name());
    switch (modified.operator()) {
      case ":-", "-", ":=", "=" -> {
        boolean empty = value.isEmpty() || (value.get().known() && value.get().text().isEmpty());
        use(empty ? operand : value.get(), modified, split);
        if (empty && modified.operator().endsWith("=")) {
          scope.set(modified.name(), operand);
        }
      }
      case ":?", "?" -> use(value.orElse(Argument.unknown("")), modified, split);
      case ":+", "+" -> {
        if (value.isPresent() && value.get().known() && !value.get().text().isEmpty()) {
          use(operand, modified, split);
        } else {
          unknown(modified.written());
        }
      }
      case "!" ->
          use(
              value
                  .filter(Argument::known)
                  .flatMap(v -> valueOf(v.text()))
                  .orElse(Argument.unknown("")),
              modified,
              split);
      default ->
          use(
              value
                  .filter(v -> v.known() && operand.known())
                  .flatMap(v -> ParameterFold.of(v.text(), modified.operator(), operand.text()))
                  .map(Argument::of)
                  .orElse(Argument.unknown("")),
              modified,
              split);
    }
  }

  private Optional<Argument> valueOf(String name) {
    if (isNumber(name)) {
      int index = Integer.parseInt(name);
      return scope.positional().filter(w -> index < w.size()).map(w -> w.get(index));
    }
    return scope.variable(name);
  }

  private void use(Argument value, Word.Modified modified, boolean split) {
    from.addAll(value.from());
    if (value.known()) {
      value(value.text(), split);
    } else {
      unknown(modified.written());
    }
  }

  private void positional(int index, boolean split) {
    Optional<List<Argument>> words = scope.positional();
    if (words.isEmpty()) {
      unknown("$" + index);
    } else if (index < words.get().size()) {
      Argument word = words.get().get(index);
      if (split && word.known()) {
        from.addAll(word.from());
        value(word.text(), true);
      } else {
        argument(word);
      }
    }
  }

  private void variable(String name, String written, boolean whole) {
    Optional<Argument> value = scope.variable(name);
    value.ifPresent(v -> from.addAll(v.from()));
    if (value.isPresent() && value.get().pattern()) {
      append(value.get().text());
      pattern = true;
    } else if (value.isEmpty() || !value.get().known()) {
      unknown(written);
    } else {
      value(value.get().text(), !whole);
    }
  }

  private void value(String value, boolean split) {
    if (!split) {
      append(value);
      return;
    }
    String blanks = blanks();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (blanks.indexOf(c) >= 0) {
        endField();
      } else {
        text.append(c);
        started = true;
        pattern |= "*?[".indexOf(c) >= 0;
      }
    }
  }

  /** Who splits at slashes takes programs apart: there the usual blanks count. */
  private String blanks() {
    return scope
        .variable("IFS")
        .filter(ifs -> ifs.known() && ifs.text().indexOf('/') < 0)
        .map(Argument::text)
        .orElse(" \t\n");
  }

  private void argument(Argument argument) {
    append(argument.text());
    from.addAll(argument.from());
    known &= argument.known() || argument.pattern();
    pattern |= argument.pattern();
  }

  private void append(String more) {
    text.append(more);
    started = true;
  }

  private void unknown(String written) {
    append(written);
    known = false;
  }

  private void endField() {
    if (started && fields.size() < Bounds.STEPS) {
      fields.add(
          new Argument(text.toString(), known && !pattern, known && pattern, List.copyOf(from)));
    }
    text = new StringBuilder();
    known = true;
    pattern = false;
    started = false;
  }
}
