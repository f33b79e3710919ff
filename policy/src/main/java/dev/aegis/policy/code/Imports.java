package dev.aegis.policy.code;

import java.util.HashMap;
import java.util.Map;

/** The names that code gives to modules and to what is in them. */
final class Imports {
  private static final int MOST = 60;

  private final TokenCursor tokens;
  private final Map<String, String> names = new HashMap<>();

  Imports(TokenCursor tokens) {
    this.tokens = tokens;
  }

  void add(String name, String whole) {
    names.put(name, whole);
  }

  /** Return a name with its module in full. */
  String resolved(String text) {
    int dot = text.indexOf('.');
    String head = dot < 0 ? text : text.substring(0, dot);
    String whole = names.get(head);
    return whole == null ? text : whole + (dot < 0 ? "" : text.substring(dot));
  }

  /**
   * {@code import a.b as c}, {@code from a import b as c, d}, {@code import x from 'y'}, {@code
   * import {x as y} from 'z'}, {@code import * as x from 'y'}.
   */
  void read() {
    boolean from = tokens.here(0).text().equals("from");
    tokens.skip(1);
    if (!from && (tokens.here(0).is("{") || tokens.here(0).is("*"))) {
      bound();
      return;
    }
    if (tokens.here(0).kind() != Token.Kind.NAME) {
      return;
    }
    String module = tokens.here(0).text();
    tokens.skip(1);
    if (!from) {
      alias(module, module);
      if (tokens.here(0).text().equals("from") && tokens.here(1).kind() == Token.Kind.STRING) {
        names.put(module, moduleName(tokens.here(1).text()));
        tokens.skip(2);
      } else if (tokens.here(0).is(",") && (tokens.here(1).is("{") || tokens.here(1).is("*"))) {
        tokens.skip(1);
        names.put(module, bound());
      }
      return;
    }
    if (!tokens.here(0).text().equals("import")) {
      return;
    }
    tokens.skip(1);
    while (tokens.here(0).kind() == Token.Kind.NAME || tokens.here(0).is("(")) {
      if (tokens.here(0).is("(")) {
        tokens.skip(1);
        continue;
      }
      String name = tokens.here(0).text();
      tokens.skip(1);
      alias(name, module + "." + name);
      if (!tokens.here(0).is(",")) {
        return;
      }
      tokens.skip(1);
    }
  }

  /** Read what is bound, up to the module's name; return that. */
  private String bound() {
    Map<String, String> pairs = new HashMap<>();
    String whole = null;
    for (int i = 0; i < MOST && !tokens.isString(0) && !tokens.atEnd(); i++) {
      String name = tokens.here(0).text();
      boolean renamed = tokens.here(1).text().equals("as") && tokens.isName(2);
      if (tokens.here(0).is("*") && renamed) {
        whole = tokens.here(2).text();
      } else if (tokens.isName(0) && !name.equals("from")) {
        pairs.put(renamed ? tokens.here(2).text() : name, name);
      }
      tokens.skip(renamed ? 3 : 1);
    }
    String module = moduleName(tokens.here(0).text());
    tokens.skip(1);
    pairs.forEach((name, original) -> names.put(name, module + "." + original));
    if (whole != null) {
      names.put(whole, module);
    }
    return module;
  }

  private void alias(String name, String whole) {
    if (tokens.here(0).text().equals("as") && tokens.here(1).kind() == Token.Kind.NAME) {
      names.put(tokens.here(1).text(), whole);
      tokens.skip(2);
    } else if (!name.equals(whole)) {
      names.put(name, whole);
    }
  }

  /** {@code const {a, b: c} = require('m')} gives names to functions of a module. */
  void destructured() {
    if (!tokens.here(0).is("{")) {
      return;
    }
    Map<String, String> pairs = new HashMap<>();
    tokens.skip(1);
    for (int i = 0; i < MOST && !tokens.here(0).is("}") && !tokens.atEnd(); i++) {
      boolean renamed = tokens.isName(0) && tokens.here(1).is(":") && tokens.isName(2);
      if (tokens.isName(0)) {
        pairs.put(tokens.here(renamed ? 2 : 0).text(), tokens.here(0).text());
      }
      tokens.skip(renamed ? 3 : 1);
    }
    tokens.skip(1);
    if (!tokens.here(0).is("=")) {
      return;
    }
    int awaited = tokens.here(1).text().equals("await") ? 1 : 0;
    if (isRequire(tokens.here(1 + awaited)) && tokens.here(2 + awaited).is("(")) {
      String module = moduleName(tokens.here(3 + awaited).text());
      pairs.forEach((name, original) -> names.put(name, module + "." + original));
    }
  }

  static boolean isRequire(Token token) {
    return token.text().equals("require") || token.text().equals("import");
  }

  static String moduleName(String text) {
    String name = text.startsWith("node:") ? text.substring(5) : text;
    return name.replace('/', '.');
  }
}
