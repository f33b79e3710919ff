package dev.aegis.policy.code;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Cuts code into names, strings and marks. Takes one pass; what is not closed ends with the text.
 */
final class Lexer {
  private static final String[] MARKS = {
    "=>", "++", "--", "==", "!=", "<=", ">=", "&&", "||", "+=", ".=", "->", "::", "<<", ">>", "|&"
  };

  private static final Pattern HOME =
      Pattern.compile(
          "\\$ENV\\{['\"]?HOME['\"]?\\}|#\\{(ENV\\[['\"]HOME['\"]\\]|Dir\\.home)\\}"
              + "|\\$\\{(process\\.env\\.HOME|(os\\.)?homedir\\(\\))\\}"
              + "|\\{(os\\.environ\\[['\"]HOME['\"]\\]|(pathlib\\.)?Path\\.home\\(\\)|os\\.path\\.expanduser\\(['\"]~['\"]\\))\\}");

  private final Language language;
  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  private Lexer(Language language, String text) {
    this.language = language;
    this.text = text;
  }

  static List<Token> tokens(Language language, String text) {
    Lexer lexer = new Lexer(language, text);
    while (lexer.at < text.length()) {
      lexer.next();
    }
    return lexer.tokens;
  }

  private char here(int ahead) {
    return at + ahead < text.length() ? text.charAt(at + ahead) : 0;
  }

  private void next() {
    char c = here(0);
    if (Character.isWhitespace(c)) {
      at++;
    } else if (c == '#' && language.hashComments() && here(1) != '{') {
      skipLine();
    } else if (c == '/' && here(1) == '/' && language.slashComments()) {
      skipLine();
    } else if (c == '/' && here(1) == '*' && language.slashComments()) {
      int end = text.indexOf("*/", at + 2);
      at = end < 0 ? text.length() : end + 2;
    } else if (isNameStart(c) || isSigil(c)) {
      name();
    } else if (Character.isDigit(c)) {
      number();
    } else if (c == '"' || c == '\'' || c == '`') {
      quoted("", c);
    } else if (c == '%' && here(1) == 'x' && opens(here(2)) && language.name().equals("ruby")) {
      at += 2;
      bracketed(Token.Kind.COMMAND);
    } else {
      mark();
    }
  }

  private void skipLine() {
    int end = text.indexOf('\n', at);
    at = end < 0 ? text.length() : end;
  }

  private boolean isSigil(char c) {
    return (c == '$' || c == '@' || (c == '%' && language.name().equals("perl")))
        && isNameStart(here(1));
  }

  private static boolean isNameStart(char c) {
    return c == '_' || Character.isLetter(c);
  }

  private static boolean opens(char c) {
    return c != 0 && "({[|!/".indexOf(c) >= 0;
  }

  private void name() {
    int start = at;
    at++;
    while (at < text.length()) {
      char c = here(0);
      boolean dot = (c == '.' && isNameStart(here(1))) || (c == '?' && here(1) == '.');
      boolean arrow = c == ':' && here(1) == ':' && isNameStart(here(2));
      if (Character.isLetterOrDigit(c) || c == '_' || (dot && language.dottedNames())) {
        at++;
      } else if (arrow) {
        at += 2;
      } else {
        break;
      }
    }
    String name = text.substring(start, at).replace("::", ".").replace("?.", ".");
    if (name.equals("qx") && opens(here(0))) {
      bracketed(Token.Kind.COMMAND);
    } else if ((name.equals("q") || name.equals("qq"))
        && opens(here(0))
        && language.hashComments()) {
      bracketed(Token.Kind.STRING);
    } else if (name.matches("(?i)[rbfu]{1,2}") && (here(0) == '"' || here(0) == '\'')) {
      quoted(name, here(0));
    } else {
      tokens.add(new Token(Token.Kind.NAME, name, true));
    }
  }

  private void number() {
    int start = at;
    while (Character.isLetterOrDigit(here(0)) || here(0) == '_') {
      at++;
    }
    tokens.add(new Token(Token.Kind.NUMBER, text.substring(start, at), true));
  }

  private void bracketed(Token.Kind kind) {
    char open = here(0);
    int closing = "({[".indexOf(open);
    char close = closing < 0 ? open : ")}]".charAt(closing);
    int end = text.indexOf(close, at + 1);
    int to = end < 0 ? text.length() : end;
    tokens.add(new Token(kind, text.substring(at + 1, to), true));
    at = Math.min(text.length(), to + 1);
  }

  private void quoted(String prefix, char quote) {
    boolean triple = here(1) == quote && here(2) == quote && language.name().equals("python");
    at += triple ? 3 : 1;
    StringBuilder value = new StringBuilder();
    boolean raw = prefix.toLowerCase(Locale.ROOT).indexOf('r') >= 0;
    boolean formatted = prefix.toLowerCase(Locale.ROOT).indexOf('f') >= 0;
    boolean known = true;
    while (at < text.length()) {
      char c = here(0);
      if (c == quote && (!triple || (here(1) == quote && here(2) == quote))) {
        break;
      }
      int home = quote == '\'' && !formatted ? 0 : homeLength();
      if (home > 0) {
        value.append('~');
        at += home;
        continue;
      }
      known &= !computed(c, quote, formatted);
      if (c == '\\' && !raw) {
        at++;
        escape(value, quote);
      } else {
        value.append(c);
        at++;
      }
    }
    at = Math.min(text.length(), at + (triple ? 3 : 1));
    boolean command = quote == '`' && !language.name().equals("javascript");
    tokens.add(
        new Token(command ? Token.Kind.COMMAND : Token.Kind.STRING, value.toString(), known));
  }

  /** Return how long what stands for the home directory in a string is, or 0. */
  private int homeLength() {
    if ("$#{".indexOf(here(0)) < 0) {
      return 0;
    }
    Matcher home = HOME.matcher(text.substring(at, Math.min(text.length(), at + 48)));
    return home.lookingAt() ? home.end() : 0;
  }

  /** Tell whether something computed stands in a string here. */
  private boolean computed(char c, char quote, boolean formatted) {
    return switch (language.name()) {
      case "python" -> formatted && c == '{' && here(1) != '{';
      case "javascript" -> quote == '`' && c == '$' && here(1) == '{';
      case "ruby" -> quote != '\'' && c == '#' && here(1) == '{';
      case "perl", "php" -> quote != '\'' && (c == '$' || c == '@') && isNameStart(here(1));
      default -> false;
    };
  }

  private void escape(StringBuilder value, char quote) {
    char c = here(0);
    at++;
    boolean literal = quote == '\'' && language.plainSingleQuotes();
    if (literal && c != '\'' && c != '\\') {
      value.append('\\').append(c);
      return;
    }
    switch (c) {
      case 'n' -> value.append('\n');
      case 't' -> value.append('\t');
      case 'r' -> value.append('\r');
      case '0' -> value.append('\0');
      case '\n' -> {}
      case 'x' -> code(value, 2);
      case 'u' -> code(value, 4);
      default -> value.append(c == 0 ? "" : String.valueOf(c));
    }
  }

  private void code(StringBuilder value, int digits) {
    int code = 0;
    int count = 0;
    while (count < digits && Character.digit(here(0), 16) >= 0) {
      code = code * 16 + Character.digit(here(0), 16);
      at++;
      count++;
    }
    value.append((char) code);
  }

  private void mark() {
    for (String mark : MARKS) {
      if (text.startsWith(mark, at)) {
        tokens.add(new Token(Token.Kind.MARK, mark, true));
        at += mark.length();
        return;
      }
    }
    tokens.add(new Token(Token.Kind.MARK, String.valueOf(here(0)), true));
    at++;
  }
}
