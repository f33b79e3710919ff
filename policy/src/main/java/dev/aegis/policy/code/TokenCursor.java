package dev.aegis.policy.code;

import java.util.List;

/** A place among the tokens of some code. */
final class TokenCursor {
  private static final Token END = new Token(Token.Kind.MARK, "", true);

  private final List<Token> tokens;
  private int at;

  TokenCursor(List<Token> tokens) {
    this.tokens = tokens;
  }

  boolean atEnd() {
    return at >= tokens.size();
  }

  int position() {
    return at;
  }

  void skip(int count) {
    at = Math.min(tokens.size(), at + count);
  }

  Token here(int ahead) {
    return at + ahead < tokens.size() ? tokens.get(at + ahead) : END;
  }

  /** Return the token before this place. */
  Token before() {
    return at == 0 ? END : tokens.get(at - 1);
  }

  boolean isName(int ahead) {
    return here(ahead).kind() == Token.Kind.NAME;
  }

  boolean isString(int ahead) {
    return here(ahead).kind() == Token.Kind.STRING;
  }

  /** Tell whether a closing bracket stands here. */
  boolean closes() {
    Token token = here(0);
    return token.is(")") || token.is("]") || token.is("}");
  }

  /** Tell whether some token anywhere is one of these names. */
  boolean holds(List<String> names) {
    return tokens.stream().anyMatch(t -> t.kind() == Token.Kind.NAME && names.contains(t.text()));
  }
}
