package dev.aegis.policy.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Expands words as a shell would, as far as that can be known. */
final class Expansion {
  private final Scope scope;
  private final Runner runner;
  private final List<Argument> fields = new ArrayList<>();
  private StringBuilder text = new StringBuilder();
  private boolean known = true;
  private boolean started;

  /** Runs the scripts inside of words. */
  interface Runner {
    /** Run a script for its output, and return that when it can be known. */
    Optional<String> output(Node script);
  }

  private Expansion(Scope scope, Runner runner) {
    this.scope = scope;
    this.runner = runner;
  }

  /** Return the words that one word becomes: none, one or several. */
  static List<Argument> words(Word word, Scope scope, Runner runner) {
    Expansion expansion = new Expansion(scope, runner);
    word.parts().forEach(part -> expansion.add(part, true));
    expansion.endField();
    return expansion.fields;
  }

  /** Return the one text that a word becomes where no splitting is done. */
  static Argument text(Word word, Scope scope, Runner runner) {
    Expansion expansion = new Expansion(scope, runner);
    word.parts().forEach(part -> expansion.add(part, false));
    return new Argument(expansion.text.toString(), expansion.known);
  }

  private void add(Word.Part part, boolean split) {
    if (text.length() > Bounds.WORD) {
      known = false;
      return;
    }
    if (part instanceof Word.Text literal) {
      append(literal.text());
    } else if (part instanceof Word.Tilde) {
      variable("HOME", "~", true);
    } else if (part instanceof Word.Parameter parameter) {
      parameter(parameter, split);
    } else if (part instanceof Word.Output output) {
      Optional<String> value = runner.output(output.script());
      value.ifPresentOrElse(v -> value(v, split && !output.quoted()), () -> unknown("$(…)"));
    } else if (part instanceof Word.ProcessFile process) {
      runner.output(process.script());
      unknown(process.input() ? "<(…)" : ">(…)");
    } else if (part instanceof Word.Unknown unknown) {
      unknown.scripts().forEach(runner::output);
      unknown(unknown.written());
    }
  }

  private void parameter(Word.Parameter parameter, boolean split) {
    String name = parameter.name();
    if (name.equals("@") || name.equals("*")) {
      all(split);
    } else if (!name.isEmpty() && Character.isDigit(name.charAt(0)) && name.length() < 4) {
      positional(Integer.parseInt(name), split && !parameter.quoted());
    } else {
      variable(name, "$" + name, parameter.quoted() || !split);
    }
  }

  private void all(boolean split) {
    Optional<List<Argument>> words = scope.positional();
    if (words.isEmpty()) {
      unknown("$@");
      return;
    }
    for (int i = 1; i < words.get().size(); i++) {
      if (i > 1 && split) {
        endField();
      } else if (i > 1) {
        append(" ");
      }
      argument(words.get().get(i));
    }
  }

  private void positional(int index, boolean split) {
    Optional<List<Argument>> words = scope.positional();
    if (words.isEmpty()) {
      unknown("$" + index);
    } else if (index < words.get().size()) {
      Argument word = words.get().get(index);
      if (split && word.known()) {
        value(word.text(), true);
      } else {
        argument(word);
      }
    }
  }

  private void variable(String name, String written, boolean whole) {
    Optional<Argument> value = scope.variable(name);
    if (value.isEmpty() || !value.get().known()) {
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
    boolean blank = true;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == ' ' || c == '\t' || c == '\n') {
        endField();
        blank = true;
      } else {
        text.append(c);
        started = true;
        known &= !blank || "*?[".indexOf(c) < 0;
        blank = false;
      }
    }
  }

  private void argument(Argument argument) {
    append(argument.text());
    known &= argument.known();
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
      fields.add(new Argument(text.toString(), known));
    }
    text = new StringBuilder();
    known = true;
    started = false;
  }
}
