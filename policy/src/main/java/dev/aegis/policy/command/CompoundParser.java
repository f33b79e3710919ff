package dev.aegis.policy.command;

import dev.aegis.policy.command.Node.Redirect;
import java.util.ArrayList;
import java.util.List;

/** Parses what begins with a bracket or a reserved word. */
final class CompoundParser {
  /* Whoever has the descriptors of a coprocess writes to it what nobody can tell. */
  private static final Node ASKING =
      new Node.Simple(
          List.of(), List.of(new Word(List.of(new Word.Text("coproc", false)))), List.of());

  private final Cursor in;
  private final Tokens tokens;
  private final WordReader words;
  private final SimpleParser simple;
  private final ShellParser shell;

  CompoundParser(
      Cursor in, Tokens tokens, WordReader words, SimpleParser simple, ShellParser shell) {
    this.in = in;
    this.tokens = tokens;
    this.words = words;
    this.simple = simple;
    this.shell = shell;
  }

  /** Parse a compound command, or return null when none begins here. */
  Node compound() throws ShellSyntaxException {
    if (in.startsWith("((")) {
      int start = in.position();
      int depth = in.depth();
      List<Node> inside = new ArrayList<>();
      try {
        in.expect("((");
        words.skipArithmetic(inside);
        return new Node.Compound(inside, simple.redirects());
      } catch (ShellSyntaxException notArithmetic) {
        in.back(start, depth);
      }
    }
    if (in.takeIf("(")) {
      Node body = shell.list();
      in.expect(")");
      return new Node.Subshell(body, simple.redirects());
    }
    String word = tokens.keyword();
    return switch (word) {
      case "{" -> {
        tokens.takeKeyword(word);
        yield grouped(List.of(shell.list()), "}");
      }
      case "if" -> conditional();
      case "while", "until" -> {
        tokens.takeKeyword(word);
        List<Node> parts = new ArrayList<>(List.of(shell.list()));
        tokens.expectKeyword("do");
        parts.add(shell.list());
        yield grouped(parts, "done");
      }
      case "for", "select" -> loop(word);
      case "case" -> cases();
      case "function" -> {
        tokens.takeKeyword(word);
        tokens.blanks();
        String name = words.read().plain();
        tokens.blanks();
        if (in.takeIf("(")) {
          tokens.blanks();
          in.expect(")");
        }
        yield function(name);
      }
      case "coproc" -> {
        tokens.takeKeyword(word);
        tokens.blanks();
        yield new Node.Pipeline(List.of(ASKING, shell.command()));
      }
      case "[[" -> test();
      default -> null;
    };
  }

  private Node grouped(List<Node> parts, String end) throws ShellSyntaxException {
    tokens.expectKeyword(end);
    return parts.size() == 1 && end.equals("}")
        ? group(parts.get(0), simple.redirects())
        : new Node.Compound(parts, simple.redirects());
  }

  private static Node group(Node body, List<Redirect> redirects) {
    return redirects.isEmpty() ? body : new Node.Compound(List.of(body), redirects);
  }

  private Node conditional() throws ShellSyntaxException {
    tokens.takeKeyword("if");
    List<Node> parts = new ArrayList<>(List.of(shell.list()));
    tokens.expectKeyword("then");
    parts.add(shell.list());
    while (tokens.takeKeyword("elif")) {
      parts.add(shell.list());
      tokens.expectKeyword("then");
      parts.add(shell.list());
    }
    if (tokens.takeKeyword("else")) {
      parts.add(shell.list());
    }
    return grouped(parts, "fi");
  }

  private Node loop(String keyword) throws ShellSyntaxException {
    tokens.takeKeyword(keyword);
    tokens.blanks();
    if (in.startsWith("((")) {
      in.expect("((");
      List<Node> inside = new ArrayList<>();
      words.skipArithmetic(inside);
      tokens.separators();
      tokens.expectKeyword("do");
      inside.add(shell.list());
      return grouped(inside, "done");
    }
    String name = words.read().plain();
    tokens.newlines();
    List<Word> over = new ArrayList<>();
    if (tokens.takeKeyword("in")) {
      tokens.blanks();
      while (!in.atEnd() && !tokens.isSeparator()) {
        over.add(simple.word());
        tokens.blanks();
      }
    } else {
      over.add(new Word(List.of(new Word.Parameter("@", true))));
    }
    tokens.separators();
    tokens.expectKeyword("do");
    Node body = shell.list();
    tokens.expectKeyword("done");
    return new Node.For(name == null ? "" : name, over, body, simple.redirects());
  }

  private Node cases() throws ShellSyntaxException {
    tokens.takeKeyword("case");
    tokens.blanks();
    List<Node> parts = new ArrayList<>(SimpleParser.expansionOf(simple.word()));
    tokens.newlines();
    tokens.expectKeyword("in");
    tokens.newlines();
    while (!tokens.takeKeyword("esac")) {
      in.takeIf("(");
      do {
        tokens.blanks();
        parts.addAll(SimpleParser.expansionOf(simple.word()));
        tokens.blanks();
      } while (in.takeIf("|"));
      in.expect(")");
      parts.add(shell.list());
      if (!in.takeIf(";;&") && !in.takeIf(";;")) {
        in.takeIf(";&");
      }
      tokens.newlines();
    }
    return new Node.Compound(parts, simple.redirects());
  }

  private Node test() throws ShellSyntaxException {
    tokens.takeKeyword("[[");
    List<Word> over = new ArrayList<>();
    over.add(new Word(List.of(new Word.Text("[[", true))));
    while (!tokens.takeKeyword("]]")) {
      tokens.blanks();
      if (in.atEnd()) {
        throw new ShellSyntaxException("[[ without ]]");
      }
      Word word = words.read();
      if (word.parts().isEmpty()) {
        in.take();
      } else if (!"]]".equals(word.plain())) {
        over.add(word);
      } else {
        break;
      }
      tokens.blanks();
    }
    return new Node.Simple(List.of(), over, simple.redirects());
  }

  /** Parse the body of a function. */
  Node function(String name) throws ShellSyntaxException {
    tokens.newlines();
    if (name == null) {
      throw new ShellSyntaxException("a function has no plain name");
    }
    return new Node.Function(name, shell.command());
  }
}
