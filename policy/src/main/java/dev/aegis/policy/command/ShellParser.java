package dev.aegis.policy.command;

import dev.aegis.policy.command.Node.Assignment;
import dev.aegis.policy.command.Node.Redirect;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Parses the grammar of POSIX shells and the common part of bash. */
final class ShellParser {
  private static final Set<String> CLOSERS =
      Set.of("then", "elif", "else", "fi", "do", "done", "esac", "}");
  private static final String[] REDIRECTIONS = {
    "<<-", "<<<", "&>>", "<<", "<&", "<>", "<", ">>", ">&", ">|", ">", "&>"
  };

  private final Cursor in;
  private final WordReader words;
  private final List<HereDocument> pending = new ArrayList<>();

  private ShellParser(Cursor in) {
    this.in = in;
    this.words = new WordReader(in, this);
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

  private Node list() throws ShellSyntaxException {
    List<Node> nodes = new ArrayList<>();
    while (true) {
      separators();
      if (in.atEnd() || in.here() == ')' || in.startsWith(";;") || CLOSERS.contains(keyword())) {
        return new Node.Sequence(nodes);
      }
      nodes.add(pipeline());
      blanks();
      if (!in.takeIf("&&") && !in.takeIf("||") && !isSeparator()) {
        if (in.atEnd() || in.here() == ')' || CLOSERS.contains(keyword())) {
          return new Node.Sequence(nodes);
        }
        throw new ShellSyntaxException("unexpected " + in.here());
      }
    }
  }

  private boolean isSeparator() {
    return in.here() == ';' || in.here() == '&' || in.here() == '\n';
  }

  private void separators() throws ShellSyntaxException {
    blanks();
    while (isSeparator() && !in.startsWith(";;") && !in.startsWith(";&")) {
      if (in.take() == '\n') {
        hereDocuments();
      }
      blanks();
    }
  }

  private void newlines() throws ShellSyntaxException {
    blanks();
    while (in.here() == '\n') {
      in.take();
      hereDocuments();
      blanks();
    }
  }

  private void blanks() {
    while (true) {
      if (in.here() == ' ' || in.here() == '\t' || in.here() == '\r') {
        in.take();
      } else if (!in.takeIf("\\\n")) {
        break;
      }
    }
    if (in.here() == '#') {
      while (!in.atEnd() && in.here() != '\n') {
        in.take();
      }
    }
  }

  private Node pipeline() throws ShellSyntaxException {
    List<Node> stages = new ArrayList<>();
    while (true) {
      blanks();
      String word = keyword();
      if (word.equals("!") || word.equals("time")) {
        takeKeyword(word);
        blanks();
        in.takeIf("-p ");
        continue;
      }
      stages.add(command());
      blanks();
      if (in.startsWith("||") || !(in.takeIf("|&") || in.takeIf("|"))) {
        return stages.size() == 1 ? stages.get(0) : new Node.Pipeline(stages);
      }
      newlines();
    }
  }

  private Node command() throws ShellSyntaxException {
    in.deeper();
    Node node = compound();
    in.shallower();
    return node == null ? simple() : node;
  }

  private Node compound() throws ShellSyntaxException {
    if (in.startsWith("((")) {
      int start = in.position();
      int depth = in.depth();
      List<Node> inside = new ArrayList<>();
      try {
        in.expect("((");
        words.skipArithmetic(inside);
        return new Node.Compound(inside, redirects());
      } catch (ShellSyntaxException notArithmetic) {
        in.back(start, depth);
      }
    }
    if (in.takeIf("(")) {
      Node body = list();
      in.expect(")");
      return new Node.Subshell(body, redirects());
    }
    String word = keyword();
    return switch (word) {
      case "{" -> {
        takeKeyword(word);
        yield grouped(List.of(list()), "}");
      }
      case "if" -> conditional();
      case "while", "until" -> {
        takeKeyword(word);
        List<Node> parts = new ArrayList<>(List.of(list()));
        expectKeyword("do");
        parts.add(list());
        yield grouped(parts, "done");
      }
      case "for", "select" -> loop(word);
      case "case" -> cases();
      case "function" -> {
        takeKeyword(word);
        blanks();
        String name = words.read().plain();
        blanks();
        if (in.takeIf("(")) {
          blanks();
          in.expect(")");
        }
        yield function(name);
      }
      case "coproc" -> {
        takeKeyword(word);
        blanks();
        yield command();
      }
      case "[[" -> test();
      default -> null;
    };
  }

  private Node grouped(List<Node> parts, String end) throws ShellSyntaxException {
    expectKeyword(end);
    return parts.size() == 1 && end.equals("}")
        ? group(parts.get(0), redirects())
        : new Node.Compound(parts, redirects());
  }

  private static Node group(Node body, List<Redirect> redirects) {
    return redirects.isEmpty() ? body : new Node.Compound(List.of(body), redirects);
  }

  private Node conditional() throws ShellSyntaxException {
    takeKeyword("if");
    List<Node> parts = new ArrayList<>(List.of(list()));
    expectKeyword("then");
    parts.add(list());
    while (takeKeyword("elif")) {
      parts.add(list());
      expectKeyword("then");
      parts.add(list());
    }
    if (takeKeyword("else")) {
      parts.add(list());
    }
    return grouped(parts, "fi");
  }

  private Node loop(String keyword) throws ShellSyntaxException {
    takeKeyword(keyword);
    blanks();
    if (in.startsWith("((")) {
      in.expect("((");
      List<Node> inside = new ArrayList<>();
      words.skipArithmetic(inside);
      separators();
      expectKeyword("do");
      inside.add(list());
      return grouped(inside, "done");
    }
    String name = words.read().plain();
    newlines();
    List<Word> over = new ArrayList<>();
    if (takeKeyword("in")) {
      blanks();
      while (!in.atEnd() && !isSeparator()) {
        over.add(word());
        blanks();
      }
    } else {
      over.add(new Word(List.of(new Word.Parameter("@", true))));
    }
    separators();
    expectKeyword("do");
    Node body = list();
    expectKeyword("done");
    return new Node.For(name == null ? "" : name, over, body, redirects());
  }

  private Node cases() throws ShellSyntaxException {
    takeKeyword("case");
    blanks();
    List<Node> parts = new ArrayList<>(scriptsOf(word()));
    newlines();
    expectKeyword("in");
    newlines();
    while (!takeKeyword("esac")) {
      in.takeIf("(");
      do {
        blanks();
        parts.addAll(scriptsOf(word()));
        blanks();
      } while (in.takeIf("|"));
      in.expect(")");
      parts.add(list());
      if (!in.takeIf(";;&") && !in.takeIf(";;")) {
        in.takeIf(";&");
      }
      newlines();
    }
    return new Node.Compound(parts, redirects());
  }

  private static List<Node> scriptsOf(Word word) {
    return List.of(
        new Node.Simple(
            List.of(), List.of(new Word(List.of(new Word.Text(":", true))), word), List.of()));
  }

  private Node test() throws ShellSyntaxException {
    takeKeyword("[[");
    List<Word> over = new ArrayList<>();
    over.add(new Word(List.of(new Word.Text("[[", true))));
    while (!takeKeyword("]]")) {
      blanks();
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
      blanks();
    }
    return new Node.Simple(List.of(), over, redirects());
  }

  private Node function(String name) throws ShellSyntaxException {
    newlines();
    if (name == null) {
      throw new ShellSyntaxException("a function has no plain name");
    }
    return new Node.Function(name, command());
  }

  private Node simple() throws ShellSyntaxException {
    List<Assignment> assignments = new ArrayList<>();
    List<Word> all = new ArrayList<>();
    List<Redirect> redirects = new ArrayList<>();
    int start = in.position();
    while (true) {
      blanks();
      Redirect redirect = redirect();
      if (redirect != null) {
        redirects.add(redirect);
        continue;
      }
      Assignment assignment = all.isEmpty() ? assignment() : null;
      if (assignment != null) {
        assignments.add(assignment);
        continue;
      }
      if (in.atEnd() || " \t\n;&|()".indexOf(in.here()) >= 0) {
        break;
      }
      all.add(word());
    }
    if (all.size() == 1 && assignments.isEmpty() && in.here() == '(') {
      in.take();
      blanks();
      in.expect(")");
      return function(all.get(0).plain());
    }
    if (in.position() == start) {
      throw new ShellSyntaxException(
          in.atEnd() ? "a command is missing" : "unexpected " + in.here());
    }
    return new Node.Simple(assignments, all, redirects);
  }

  private Word word() throws ShellSyntaxException {
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
      List<Node> inside = new ArrayList<>();
      newlines();
      while (!in.takeIf(")")) {
        inside.addAll(scriptsOf(word()));
        newlines();
      }
      return new Assignment(name, new Word(List.of(new Word.Unknown("(…)", inside))));
    }
    Word value = words.read();
    return new Assignment(appends ? "" : name, value);
  }

  private List<Redirect> redirects() throws ShellSyntaxException {
    List<Redirect> all = new ArrayList<>();
    while (true) {
      blanks();
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
    boolean process = (in.here() == '<' || in.here() == '>') && in.ahead(1) == '(';
    for (String operator : REDIRECTIONS) {
      if (!process && in.takeIf(operator)) {
        blanks();
        Word target = word();
        if (operator.equals("<<") || operator.equals("<<-")) {
          HereDocument document = new HereDocument(delimiter(target), target.isQuoted(), operator);
          pending.add(document);
          return document.redirect();
        }
        return new Redirect(operator, target);
      }
    }
    in.back(start);
    return null;
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

  private void hereDocuments() throws ShellSyntaxException {
    List<HereDocument> all = List.copyOf(pending);
    pending.clear();
    for (HereDocument document : all) {
      document.read(in);
    }
  }

  private String keyword() {
    int length = 0;
    while (length < 10 && isKeywordCharacter(in.ahead(length))) {
      length++;
    }
    char next = in.ahead(length);
    if (length == 0 || (next != 0 && " \t\n;&|()<>".indexOf(next) < 0)) {
      return "";
    }
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < length; i++) {
      word.append(in.ahead(i));
    }
    String text = word.toString();
    return ShellWords.RESERVED.contains(text) ? text : "";
  }

  private static boolean isKeywordCharacter(char c) {
    return (c >= 'a' && c <= 'z') || (c != 0 && "!{}[]".indexOf(c) >= 0);
  }

  private boolean takeKeyword(String word) {
    blanks();
    return keyword().equals(word) && in.takeIf(word);
  }

  private void expectKeyword(String word) throws ShellSyntaxException {
    if (!takeKeyword(word)) {
      throw new ShellSyntaxException("expected " + word);
    }
  }

  /** The words of a here-document come after the line that asks for it. */
  private static final class HereDocument {
    private final String delimiter;
    private final boolean literal;
    private final boolean stripsTabs;
    private final List<Word.Part> parts = new ArrayList<>();

    HereDocument(String delimiter, boolean literal, String operator) {
      this.delimiter = delimiter;
      this.literal = literal;
      this.stripsTabs = operator.equals("<<-");
    }

    Redirect redirect() {
      return new Redirect("<<", new Word(parts));
    }

    void read(Cursor in) throws ShellSyntaxException {
      StringBuilder body = new StringBuilder();
      while (!in.atEnd()) {
        String line = in.takeLine();
        String stripped = stripsTabs ? line.replaceFirst("^\t+", "") : line;
        if (stripped.equals(delimiter)) {
          break;
        }
        body.append(stripped).append('\n');
      }
      if (literal) {
        parts.add(new Word.Text(body.toString(), true));
      } else {
        parts.addAll(
            new ShellParser(new Cursor(body.toString(), in.depth() + 1, in.work()))
                .words
                .hereDocument()
                .parts());
      }
    }
  }
}
