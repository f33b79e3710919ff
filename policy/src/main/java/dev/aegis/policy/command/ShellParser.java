package dev.aegis.policy.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Parses the grammar of POSIX shells and the common part of bash. */
final class ShellParser {
  private static final Set<String> CLOSERS =
      Set.of("then", "elif", "else", "fi", "do", "done", "esac", "}");

  private final Cursor in;
  private final Tokens tokens;
  private final WordReader words;
  private final SimpleParser simple;
  private final CompoundParser compound;

  private ShellParser(Cursor in) {
    this.in = in;
    this.tokens = new Tokens(in);
    this.words = new WordReader(in, this);
    this.simple = new SimpleParser(in, tokens, words);
    this.compound = new CompoundParser(in, tokens, words, simple, this);
  }

  /** Parse a whole script. */
  static Node parse(String script, Work work) throws ShellSyntaxException {
    return parse(script, 0, work);
  }

  private static Node parse(String script, int depth, Work work) throws ShellSyntaxException {
    ShellParser parser = new ShellParser(new Cursor(script, depth, work));
    Node node = parser.list();
    if (!parser.in.atEnd()) {
      throw new ShellSyntaxException("unexpected " + parser.in.here());
    }
    return node;
  }

  /** Read the text of a here-document whose end is not quoted. */
  static Word expanded(String text, int depth, Work work) throws ShellSyntaxException {
    return new ShellParser(new Cursor(text, depth, work)).words.hereDocument();
  }

  /** Parse the list inside some bracket, up to and without its end. */
  Node nested(String end) throws ShellSyntaxException {
    in.deeper();
    Node node = list();
    in.shallower();
    if (!in.startsWith(end)) {
      throw new ShellSyntaxException("expected " + end);
    }
    return node;
  }

  /** Parse a script that stands quoted inside this one. */
  Node separate(String script) throws ShellSyntaxException {
    in.deeper();
    Node node = parse(script, in.depth(), in.work());
    in.shallower();
    return node;
  }

  /** Parse commands up to what ends a list; that is left standing. */
  Node list() throws ShellSyntaxException {
    List<Node> nodes = new ArrayList<>();
    while (true) {
      tokens.separators();
      if (in.atEnd()
          || in.here() == ')'
          || in.startsWith(";;")
          || CLOSERS.contains(tokens.keyword())) {
        return new Node.Sequence(nodes);
      }
      nodes.add(pipeline());
      tokens.blanks();
      if (in.here() == '&' && in.ahead(1) != '&') {
        nodes.add(new Node.Background(nodes.remove(nodes.size() - 1)));
      }
      if (!in.takeIf("&&") && !in.takeIf("||") && !tokens.isSeparator()) {
        if (in.atEnd() || in.here() == ')' || CLOSERS.contains(tokens.keyword())) {
          return new Node.Sequence(nodes);
        }
        throw new ShellSyntaxException("unexpected " + in.here());
      }
    }
  }

  private Node pipeline() throws ShellSyntaxException {
    List<Node> stages = new ArrayList<>();
    while (true) {
      tokens.blanks();
      String word = tokens.keyword();
      if (word.equals("!") || word.equals("time")) {
        tokens.takeKeyword(word);
        tokens.blanks();
        in.takeIf("-p ");
        continue;
      }
      stages.add(command());
      tokens.blanks();
      if (in.startsWith("||") || !(in.takeIf("|&") || in.takeIf("|"))) {
        return stages.size() == 1 ? stages.get(0) : new Node.Pipeline(stages);
      }
      tokens.newlines();
    }
  }

  /** Parse one command of any kind. */
  Node command() throws ShellSyntaxException {
    in.deeper();
    Node node = compound.compound();
    if (node == null) {
      node = simpleOrFunction();
    }
    in.shallower();
    return node;
  }

  private Node simpleOrFunction() throws ShellSyntaxException {
    Node.Simple node = simple.simple();
    boolean named = node.words().size() == 1 && node.assignments().isEmpty();
    if (!named || !in.takeIf("(")) {
      return node;
    }
    tokens.blanks();
    in.expect(")");
    return compound.function(node.words().get(0).plain());
  }
}
