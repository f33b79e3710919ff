package dev.aegis.policy.command;

import dev.aegis.policy.command.Node.Assignment;
import dev.aegis.policy.command.Node.Redirect;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Parses simple commands: assignments, words and redirections. */
final class SimpleParser {
  private static final String[] REDIRECTIONS = {
    "<<-", "<<<", "&>>", "<<", "<&", "<>", "<", ">>", ">&", ">|", ">", "&>"
  };

  private static final Set<String> DECLARATIONS =
      Set.of("declare", "local", "typeset", "readonly", "export");

  private final Cursor in;
  private final Tokens tokens;
  private final WordReader words;

  SimpleParser(Cursor in, Tokens tokens, WordReader words) {
    this.in = in;
    this.tokens = tokens;
    this.words = words;
  }

  /** Parse a command; a function is what has but a name before its brackets. */
  Node.Simple simple() throws ShellSyntaxException {
    List<Assignment> assignments = new ArrayList<>();
    List<Word> all = new ArrayList<>();
    List<Redirect> redirects = new ArrayList<>();
    int start = in.position();
    while (true) {
      tokens.blanks();
      Redirect redirect = redirect();
      if (redirect != null) {
        redirects.add(redirect);
        continue;
      }
      boolean declares = !all.isEmpty() && isDeclaration(all.get(0)) && in.atArray();
      Assignment assignment = all.isEmpty() || declares ? assignment() : null;
      if (assignment != null) {
        assignments.add(assignment);
        continue;
      }
      if (in.atEnd() || " \t\n;&|()".indexOf(in.here()) >= 0) {
        break;
      }
      all.add(word());
    }
    if (in.position() == start) {
      throw new ShellSyntaxException(
          in.atEnd() ? "a command is missing" : "unexpected " + in.here());
    }
    return new Node.Simple(assignments, all, redirects);
  }

  private static boolean isDeclaration(Word word) {
    String text = word.plain();
    return text != null && DECLARATIONS.contains(text);
  }

  /** Parse a word that must stand here. */
  Word word() throws ShellSyntaxException {
    Word word = words.read();
    if (word.parts().isEmpty()) {
      throw new ShellSyntaxException("a word is missing");
    }
    return word;
  }

  private Assignment assignment() throws ShellSyntaxException {
    int start = in.position();
    if (!WordReader.isNameStart(in.here())) {
      return null;
    }
    while (WordReader.isNameStart(in.here()) || Character.isDigit(in.here())) {
      in.take();
    }
    String name = in.since(start);
    if (in.here() == '[') {
      while (!in.atEnd() && in.here() != ']' && " \t\n".indexOf(in.here()) < 0) {
        in.take();
      }
      in.takeIf("]");
      name = "";
    }
    boolean appends = in.takeIf("+=");
    if (!appends && !in.takeIf("=")) {
      in.back(start);
      return null;
    }
    if (in.takeIf("(")) {
      List<Word> items = new ArrayList<>();
      tokens.newlines();
      while (!in.takeIf(")")) {
        items.add(word());
        tokens.newlines();
      }
      return new Assignment(name, new Word(List.of(new Word.Items(items))));
    }
    Word value = words.read();
    return new Assignment(name, appends ? appended(name, value) : value);
  }

  private static Word appended(String name, Word value) {
    List<Word.Part> parts = new ArrayList<>(List.of(new Word.Parameter(name, true)));
    parts.addAll(value.parts());
    return new Word(parts);
  }

  /** Parse the redirections behind a compound command. */
  List<Redirect> redirects() throws ShellSyntaxException {
    List<Redirect> all = new ArrayList<>();
    while (true) {
      tokens.blanks();
      Redirect redirect = redirect();
      if (redirect == null) {
        return all;
      }
      all.add(redirect);
    }
  }

  private Redirect redirect() throws ShellSyntaxException {
    int start = in.position();
    while (Character.isDigit(in.here())) {
      in.take();
    }
    String number = in.since(start);
    boolean process = (in.here() == '<' || in.here() == '>') && in.ahead(1) == '(';
    for (String operator : REDIRECTIONS) {
      if (!process && in.takeIf(operator)) {
        tokens.blanks();
        Word target = word();
        if (operator.equals("<<") || operator.equals("<<-")) {
          HereDocument document = new HereDocument(delimiter(target), target.isQuoted(), operator);
          tokens.await(document);
          return document.redirect();
        }
        return new Redirect(operator, target, descriptor(number, operator));
      }
    }
    in.back(start);
    return null;
  }

  private static int descriptor(String number, String operator) {
    if (number.isEmpty() || number.length() > 3) {
      return operator.startsWith("<") ? 0 : 1;
    }
    return Integer.parseInt(number);
  }

  private static String delimiter(Word word) throws ShellSyntaxException {
    StringBuilder text = new StringBuilder();
    for (Word.Part part : word.parts()) {
      if (!(part instanceof Word.Text literal)) {
        throw new ShellSyntaxException("the end of a here-document is not plain text");
      }
      text.append(literal.text());
    }
    return text.toString();
  }

  /** Return commands that do nothing but expand a word. */
  static List<Node> expansionOf(Word word) {
    Word nothing = new Word(List.of(new Word.Text(":", true)));
    return List.of(new Node.Simple(List.of(), List.of(nothing, word), List.of()));
  }
}
