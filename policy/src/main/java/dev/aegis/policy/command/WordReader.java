package dev.aegis.policy.command;

import dev.aegis.policy.command.Word.Output;
import dev.aegis.policy.command.Word.Parameter;
import dev.aegis.policy.command.Word.Part;
import dev.aegis.policy.command.Word.ProcessFile;
import dev.aegis.policy.command.Word.Text;
import dev.aegis.policy.command.Word.Tilde;
import dev.aegis.policy.command.Word.Unknown;
import java.util.ArrayList;
import java.util.List;

/** Reads words: quotes of every kind, parameters, substitutions. */
final class WordReader {
  private static final String ENDS = " \t\n;&|()<>";
  private static final String[] OPERATORS = {
    ":-", ":=", ":+", ":?", "-", "=", "+", "?", "##", "#", "%%", "%", "//", "/", "^^", "^", ",,",
    ",", ":"
  };
  private static final String SPECIAL_PARAMETERS = "@*#?-$!0123456789";

  private final Cursor in;
  private final ShellParser scripts;

  WordReader(Cursor in, ShellParser scripts) {
    this.in = in;
    this.scripts = scripts;
  }

  /** Read one word; empty when none starts here. */
  Word read() throws ShellSyntaxException {
    List<Part> parts = new ArrayList<>();
    StringBuilder plain = new StringBuilder();
    if (in.here() == '~' && "/ \t\n;&|)".indexOf(in.ahead(1)) >= 0) {
      in.take();
      parts.add(new Tilde());
    } else if (in.here() == '~' && in.ahead(1) == 0) {
      in.take();
      parts.add(new Tilde());
    }
    while (!in.atEnd()) {
      char c = in.here();
      if ((c == '<' || c == '>') && in.ahead(1) == '(') {
        flush(plain, parts, false);
        in.take();
        in.take();
        parts.add(new ProcessFile(scripts.nested(")"), c == '<'));
        in.expect(")");
      } else if (ENDS.indexOf(c) >= 0) {
        break;
      } else if (c == '\'') {
        flush(plain, parts, false);
        in.take();
        parts.add(new Text(until('\''), true));
      } else if (c == '"') {
        flush(plain, parts, false);
        in.take();
        doubleQuoted(parts, '"');
        in.expect("\"");
      } else if (c == '\\') {
        in.take();
        if (!in.takeIf("\n")) {
          flush(plain, parts, false);
          parts.add(new Text(in.atEnd() ? "\\" : String.valueOf(in.take()), true));
        }
      } else if (c == '$' || c == '`') {
        flush(plain, parts, false);
        dollar(parts, false);
      } else if (c == '*' || c == '?' || c == '[') {
        flush(plain, parts, false);
        glob(parts);
      } else {
        plain.append(in.take());
      }
    }
    flush(plain, parts, false);
    return new Word(parts);
  }

  /** Read the text of a here-document, in which only parameters and substitutions are special. */
  Word hereDocument() throws ShellSyntaxException {
    List<Part> parts = new ArrayList<>();
    doubleQuoted(parts, (char) 0);
    return new Word(parts);
  }

  /** A pattern is left to the shell; a lonely bracket is a command. */
  private void glob(List<Part> parts) {
    char c = in.take();
    boolean alone = c == '[' && parts.isEmpty() && (in.atEnd() || ENDS.indexOf(in.here()) >= 0);
    parts.add(alone ? new Text("[", false) : new Word.Pattern(String.valueOf(c)));
  }

  private void doubleQuoted(List<Part> parts, char end) throws ShellSyntaxException {
    StringBuilder text = new StringBuilder();
    boolean any = false;
    while (!in.atEnd() && (end == 0 || in.here() != end)) {
      char c = in.here();
      if (c == '\\') {
        in.take();
        char next = in.here();
        if (next == '\n') {
          in.take();
        } else if (next == '$' || next == '`' || next == '\\' || (next == '"' && end == '"')) {
          text.append(in.take());
        } else {
          text.append('\\');
        }
      } else if (c == '$' || c == '`') {
        flush(text, parts, true);
        any = true;
        dollar(parts, true);
      } else {
        text.append(in.take());
      }
    }
    if (text.length() > 0 || !any) {
      parts.add(new Text(text.toString(), true));
    }
  }

  private void dollar(List<Part> parts, boolean quoted) throws ShellSyntaxException {
    int start = in.position();
    if (in.take() == '`') {
      parts.add(new Output(scripts.separate(backquoted()), quoted));
      return;
    }
    char c = in.here();
    if (c == '(' && in.ahead(1) == '(') {
      in.take();
      in.take();
      List<Node> inside = new ArrayList<>();
      skipArithmetic(inside);
      parts.add(new Unknown(in.since(start), inside));
    } else if (c == '(') {
      in.take();
      Node script = scripts.nested(")");
      in.expect(")");
      parts.add(new Output(script, quoted));
    } else if (c == '{') {
      braces(parts, quoted, start);
    } else if (c == '\'' && !quoted) {
      in.take();
      parts.add(new Text(new AnsiQuote(in).read(), true));
    } else if (c == '"' && !quoted) {
      in.take();
      doubleQuoted(parts, '"');
      in.expect("\"");
    } else if (SPECIAL_PARAMETERS.indexOf(c) >= 0 && c != 0) {
      parts.add(new Parameter(String.valueOf(in.take()), quoted));
    } else if (isNameStart(c)) {
      parts.add(new Parameter(name(), quoted));
    } else {
      parts.add(new Text("$", quoted));
    }
  }

  private void braces(List<Part> parts, boolean quoted, int start) throws ShellSyntaxException {
    in.take();
    int nameAt = in.position();
    boolean length = in.here() == '#' && in.ahead(1) != '}' && isParameterStart(in.ahead(1));
    boolean indirect = in.here() == '!' && isNameStart(in.ahead(1));
    if (length || indirect) {
      in.take();
    }
    String name = isNameStart(in.here()) ? name() : digitsOrSpecial();
    String index = in.here() == '[' ? index() : null;
    if (in.takeIf("}")) {
      if (index != null) {
        parts.add(new Word.Element(name, length ? "#" : index, quoted, in.since(start)));
      } else if (length || indirect) {
        Word nothing = new Word(List.of());
        parts.add(
            new Word.Modified(name, length ? "length" : "!", nothing, quoted, in.since(start)));
      } else {
        parts.add(new Parameter(name, quoted));
      }
      return;
    }
    String operator = index == null && !indirect && !length ? operator() : "";
    if (!operator.isEmpty()) {
      in.deeper();
      List<Part> operand = upToBrace();
      in.shallower();
      parts.add(new Word.Modified(name, operator, new Word(operand), quoted, in.since(start)));
      return;
    }
    in.back(nameAt);
    List<Node> inside = new ArrayList<>();
    skipBraces(inside);
    parts.add(new Unknown(in.since(start), inside));
  }

  private static boolean isParameterStart(char c) {
    return isNameStart(c) || Character.isDigit(c) || c == '@' || c == '*';
  }

  private String index() {
    in.take();
    int start = in.position();
    while (!in.atEnd() && in.here() != ']' && in.here() != '}') {
      in.take();
    }
    String text = in.since(start);
    in.takeIf("]");
    return text;
  }

  private String operator() {
    for (String operator : OPERATORS) {
      if (in.takeIf(operator)) {
        return operator;
      }
    }
    return "";
  }

  /** Read what stands behind an operator, up to and over the closing brace. */
  private List<Part> upToBrace() throws ShellSyntaxException {
    List<Part> parts = new ArrayList<>();
    StringBuilder plain = new StringBuilder();
    while (in.here() != '}') {
      char c = in.here();
      if (in.atEnd()) {
        throw new ShellSyntaxException("a brace is not closed");
      } else if (c == '\'') {
        flush(plain, parts, false);
        in.take();
        parts.add(new Text(until('\''), true));
      } else if (c == '"') {
        flush(plain, parts, false);
        in.take();
        doubleQuoted(parts, '"');
        in.expect("\"");
      } else if (c == '\\') {
        in.take();
        flush(plain, parts, false);
        parts.add(new Text(String.valueOf(in.take()), true));
      } else if (c == '$' || c == '`') {
        flush(plain, parts, false);
        dollar(parts, true);
      } else {
        plain.append(in.take());
      }
    }
    in.take();
    flush(plain, parts, false);
    return parts;
  }

  private String digitsOrSpecial() {
    int start = in.position();
    while (Character.isDigit(in.here())) {
      in.take();
    }
    if (in.position() == start && "@*#?-$!".indexOf(in.here()) >= 0 && in.ahead(1) == '}') {
      in.take();
    }
    return in.since(start);
  }

  private void skipBraces(List<Node> inside) throws ShellSyntaxException {
    in.deeper();
    while (!in.takeIf("}")) {
      skipOne(inside);
    }
    in.shallower();
  }

  void skipArithmetic(List<Node> inside) throws ShellSyntaxException {
    in.deeper();
    int open = 0;
    while (open > 0 || !in.startsWith("))")) {
      open += in.here() == '(' ? 1 : in.here() == ')' ? -1 : 0;
      skipOne(inside);
    }
    in.expect("))");
    in.shallower();
  }

  /** Step over one character or quoted piece, keeping the scripts that would run in it. */
  private void skipOne(List<Node> inside) throws ShellSyntaxException {
    if (in.atEnd()) {
      throw new ShellSyntaxException("a bracket is not closed");
    }
    List<Part> parts = new ArrayList<>();
    char c = in.here();
    if (c == '$' || c == '`') {
      dollar(parts, true);
    } else if (c == '"') {
      in.take();
      doubleQuoted(parts, '"');
      in.expect("\"");
    } else if (c == '\'') {
      in.take();
      until('\'');
    } else if (c == '\\') {
      in.take();
      in.take();
    } else {
      in.take();
    }
    scripts(parts, inside);
  }

  private static void scripts(List<Part> parts, List<Node> inside) {
    for (Part part : parts) {
      if (part instanceof Output output) {
        inside.add(output.script());
      } else if (part instanceof Unknown unknown) {
        inside.addAll(unknown.scripts());
      } else if (part instanceof Word.Modified modified) {
        scripts(modified.operand().parts(), inside);
      }
    }
  }

  private String backquoted() throws ShellSyntaxException {
    StringBuilder script = new StringBuilder();
    while (in.here() != '`') {
      if (in.atEnd()) {
        throw new ShellSyntaxException("a backquote is not closed");
      }
      char c = in.take();
      if (c == '\\' && "$`\\".indexOf(in.here()) >= 0 && !in.atEnd()) {
        c = in.take();
      }
      script.append(c);
    }
    in.take();
    return script.toString();
  }

  private String until(char end) throws ShellSyntaxException {
    int start = in.position();
    while (in.here() != end || in.atEnd()) {
      if (in.atEnd()) {
        throw new ShellSyntaxException("a quote is not closed");
      }
      in.take();
    }
    String text = in.since(start);
    in.take();
    return text;
  }

  private String name() {
    int start = in.position();
    while (isNameStart(in.here()) || Character.isDigit(in.here())) {
      in.take();
    }
    return in.since(start);
  }

  static boolean isNameStart(char c) {
    return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static void flush(StringBuilder text, List<Part> parts, boolean quoted) {
    if (text.length() > 0) {
      parts.add(new Text(text.toString(), quoted));
      text.setLength(0);
    }
  }
}
