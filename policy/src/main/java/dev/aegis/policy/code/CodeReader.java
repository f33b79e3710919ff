package dev.aegis.policy.code;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads code for the calls in it that matter. */
public final class CodeReader {
  private static final int DEEPEST = 60;
  private static final int MOST_TOKENS = 60_000;
  private static final int MOST_ACTS = 200;
  private static final String DONE = "";

  private final Language language;
  private final List<Token> tokens;
  private final Map<String, String> names = new HashMap<>();
  private final Map<String, Value> values = new HashMap<>();
  private final List<Act> acts = new ArrayList<>();
  private int at;
  private int depth;

  private CodeReader(Language language, List<Token> tokens) {
    this.language = language;
    this.tokens = tokens;
  }

  /** Return what some code would do, in the order of its text; nothing for unknown languages. */
  public static List<Act> read(String language, String code) {
    return Language.of(language)
        .map(
            known -> {
              List<Token> tokens = Lexer.tokens(known, code);
              CodeReader reader =
                  new CodeReader(known, tokens.subList(0, Math.min(MOST_TOKENS, tokens.size())));
              while (reader.at < reader.tokens.size()) {
                reader.statement();
              }
              if (tokens.size() > MOST_TOKENS || reader.acts.size() >= MOST_ACTS) {
                /* What was not read is not assumed to be harmless. */
                reader.acts.add(
                    new Act(
                        Act.Kind.EVALUATE, List.of(Optional.empty()), "more code than is read"));
              }
              return List.copyOf(reader.acts);
            })
        .orElse(List.of());
  }

  private Token here(int ahead) {
    return at + ahead < tokens.size()
        ? tokens.get(at + ahead)
        : new Token(Token.Kind.MARK, DONE, true);
  }

  private void statement() {
    Token token = here(0);
    if (token.kind() == Token.Kind.NAME) {
      if (token.text().equals("import") || token.text().equals("from")) {
        imports();
        return;
      }
      if (isDeclaration(token.text())) {
        at++;
        destructured();
        return;
      }
      if (here(1).is("=")) {
        at += 2;
        String name = token.text();
        if (isRequire(here(0)) && here(1).is("(") && here(2).kind() == Token.Kind.STRING) {
          names.put(name, moduleName(here(2).text()));
        }
        Value value = expression();
        values.put(name, value);
        return;
      }
    }
    expression();
  }

  private static boolean isDeclaration(String word) {
    return word.equals("const") || word.equals("let") || word.equals("var") || word.equals("my");
  }

  /** {@code import a.b as c}, {@code from a import b as c, d}, {@code import x from 'y'}. */
  private void imports() {
    boolean from = here(0).text().equals("from");
    at++;
    if (here(0).kind() != Token.Kind.NAME) {
      return;
    }
    String module = here(0).text();
    at++;
    if (!from) {
      alias(module, module);
      if (here(0).text().equals("from") && here(1).kind() == Token.Kind.STRING) {
        names.put(module, moduleName(here(1).text()));
        at += 2;
      }
      return;
    }
    if (!here(0).text().equals("import")) {
      return;
    }
    at++;
    while (here(0).kind() == Token.Kind.NAME || here(0).is("(")) {
      if (here(0).is("(")) {
        at++;
        continue;
      }
      String name = here(0).text();
      at++;
      alias(name, module + "." + name);
      if (!here(0).is(",")) {
        return;
      }
      at++;
    }
  }

  private void alias(String name, String whole) {
    if (here(0).text().equals("as") && here(1).kind() == Token.Kind.NAME) {
      names.put(here(1).text(), whole);
      at += 2;
    } else if (!name.equals(whole)) {
      names.put(name, whole);
    }
  }

  /** {@code const {a, b: c} = require('m')} gives names to functions of a module. */
  private void destructured() {
    if (!here(0).is("{")) {
      return;
    }
    Map<String, String> pairs = new HashMap<>();
    int end = at + 1;
    while (end < tokens.size() && !tokens.get(end).is("}") && end - at < DEEPEST) {
      if (tokens.get(end).kind() == Token.Kind.NAME) {
        boolean renamed =
            end + 2 < tokens.size()
                && tokens.get(end + 1).is(":")
                && tokens.get(end + 2).kind() == Token.Kind.NAME;
        pairs.put(tokens.get(renamed ? end + 2 : end).text(), tokens.get(end).text());
        end += renamed ? 2 : 0;
      }
      end++;
    }
    at = Math.min(tokens.size(), end + 1);
    if (here(0).is("=") && isRequire(here(1)) && here(2).is("(")) {
      String module = moduleName(here(3).text());
      pairs.forEach((name, original) -> names.put(name, module + "." + original));
    }
  }

  private static boolean isRequire(Token token) {
    return token.text().equals("require") || token.text().equals("import");
  }

  private static String moduleName(String text) {
    String name = text.startsWith("node:") ? text.substring(5) : text;
    return name.replace('/', '.');
  }

  private Value expression() {
    if (++depth > DEEPEST) {
      at++;
      depth--;
      return Value.UNKNOWN;
    }
    Value value = operand();
    while (true) {
      Token token = here(0);
      if (token.is("+") || token.is(".") || token.is("..")) {
        at++;
        value = value.and("", operand());
      } else if (token.is("/") && language.name().equals("python")) {
        at++;
        value = value.and("/", operand());
      } else if (token.kind() == Token.Kind.STRING && tokens.get(at - 1).kind() == token.kind()) {
        value = value.and("", operand());
      } else if (token.is("*") && value.text().isPresent()) {
        at++;
        operand();
        value = value.blurred();
      } else {
        break;
      }
    }
    depth--;
    return value;
  }

  private Value operand() {
    Token token = here(0);
    at++;
    return switch (token.kind()) {
      case STRING -> methods(token.known() ? Value.of(token.text()) : Value.UNKNOWN, "");
      case NUMBER -> Value.of(token.text());
      case COMMAND -> {
        add(Act.Kind.SHELL, List.of(known(token)), "`" + token.text() + "`");
        yield Value.UNKNOWN;
      }
      case NAME -> name(token.text());
      case MARK -> mark(token.text());
    };
  }

  private static Optional<String> known(Token token) {
    return token.known() ? Optional.of(token.text()) : Optional.empty();
  }

  private Value mark(String mark) {
    return switch (mark) {
      case "[" -> methods(Value.list(until("]")), "");
      case "(" -> {
        List<Value> inside = until(")");
        yield methods(inside.size() == 1 ? inside.get(0) : Value.list(inside), "");
      }
      case "{" -> {
        until("}");
        yield Value.UNKNOWN;
      }
      default -> Value.UNKNOWN;
    };
  }

  /** Read what stands in brackets, separated by commas or nothing. */
  private List<Value> until(String end) {
    List<Value> all = new ArrayList<>();
    while (at < tokens.size() && !here(0).is(end)) {
      if (here(0).is(",") || here(0).is(";")) {
        at++;
        continue;
      }
      if (closes(here(0))) {
        return all;
      }
      all.add(argument());
    }
    at++;
    return all;
  }

  private static boolean closes(Token token) {
    return token.is(")") || token.is("]") || token.is("}");
  }

  private Value argument() {
    Token name = here(0);
    boolean named =
        name.kind() == Token.Kind.NAME && (here(1).is("=") || here(1).is(":") || here(1).is("=>"));
    if (named) {
      at += 2;
      Value value = expression();
      if (!here(0).is(",") && !closes(here(0))) {
        values.put(name.text(), value);
      }
      return value.named(name.text());
    }
    int before = at;
    Value value = expression();
    boolean mixed = !here(0).is(",") && !closes(here(0)) && !here(0).is(";") && !here(0).is(DONE);
    if (at == before) {
      at++;
    }
    return mixed ? value.blurred() : value;
  }

  private Value name(String text) {
    String name = resolved(text);
    if (here(0).is("(")) {
      at++;
      List<Value> arguments = until(")");
      return methods(called(name, text, Value.UNKNOWN, arguments), name);
    }
    if (here(0).is("[") && isEnvironment(name)) {
      at++;
      List<Value> index = until("]");
      boolean home = index.size() == 1 && index.get(0).text().orElse("").equals("HOME");
      return home ? Value.of("~") : Value.UNKNOWN;
    }
    boolean bare =
        language.bare().contains(name)
            && (here(0).kind() == Token.Kind.STRING
                || here(0).kind() == Token.Kind.NAME
                || here(0).is("$")
                || here(0).is("["));
    if (bare) {
      return called(name, text, Value.UNKNOWN, bareArguments());
    }
    boolean handedOver =
        (here(0).is(")") || here(0).is(","))
            && at > 1
            && language.call(name).filter(k -> k == Act.Kind.EVALUATE).isPresent();
    if (handedOver) {
      add(Act.Kind.EVALUATE, List.of(Optional.empty()), text);
    }
    if (text.endsWith("env.HOME")) {
      return Value.of("~");
    }
    return methods(values.getOrDefault(text, Value.UNKNOWN), name);
  }

  private static boolean isEnvironment(String name) {
    return name.equals("os.environ") || name.equals("ENV") || name.equals("process.env");
  }

  private List<Value> bareArguments() {
    List<Value> arguments = new ArrayList<>();
    arguments.add(expression());
    while (here(0).is(",")) {
      at++;
      arguments.add(expression());
    }
    return arguments;
  }

  private String resolved(String text) {
    int dot = text.indexOf('.');
    String head = dot < 0 ? text : text.substring(0, dot);
    String whole = names.get(head);
    return whole == null ? text : whole + (dot < 0 ? "" : text.substring(dot));
  }

  /** Follow {@code .method(…)} behind a value. */
  private Value methods(Value value, String name) {
    Value result = value;
    int count = 0;
    while ((here(0).is(".") || here(0).is("->"))
        && here(1).kind() == Token.Kind.NAME
        && here(2).is("(")
        && ++count < DEEPEST) {
      String method = here(1).text();
      at += 3;
      List<Value> arguments = until(")");
      String head =
          name.equals("require") || name.equals("__import__") ? module(value) : name + "()";
      result = called(head + "." + method, head + "." + method, result, arguments);
    }
    return result;
  }

  private static String module(Value value) {
    return value.text().map(CodeReader::moduleName).orElse("?");
  }

  private Value called(String name, String written, Value self, List<Value> arguments) {
    if (name.equals("require") || name.equals("__import__") || name.endsWith("import_module")) {
      return arguments.isEmpty() ? Value.UNKNOWN : arguments.get(0);
    }
    Optional<Act.Kind> kind = language.call(name);
    if (kind.isPresent()) {
      act(kind.get(), name, written, self, arguments);
      return kind.get() == Act.Kind.FETCH ? Value.UNKNOWN.asFetched() : Value.UNKNOWN;
    }
    Value folded =
        language
            .fold(name)
            .map(how -> Fold.of(how, self, arguments))
            .orElseGet(() -> passedOn(self, arguments));
    return folded;
  }

  /** What goes through an unknown function may come out of it. */
  private static Value passedOn(Value self, List<Value> arguments) {
    Value all = self.blurred();
    for (Value argument : arguments) {
      all = all.and("", argument.blurred());
    }
    return all;
  }

  private void act(Act.Kind kind, String name, String written, Value self, List<Value> arguments) {
    List<Value> plain = arguments.stream().filter(a -> a.key().isEmpty()).toList();
    List<Value> given = plain.isEmpty() && !arguments.isEmpty() ? arguments.subList(0, 1) : plain;
    boolean method = name.contains("().");
    List<Value> objects = new ArrayList<>();
    if (method && kind != Act.Kind.SHELL) {
      objects.add(self);
    }
    objects.addAll(given);
    String shown = written + "(" + (objects.isEmpty() ? "" : shown(objects.get(0))) + ")";
    switch (kind) {
      case SPAWN -> spawn(objects, shown);
      case WRITE -> write(name, objects, arguments, shown);
      case EVALUATE -> evaluate(objects, shown);
      default -> add(kind, texts(objects), shown);
    }
  }

  private void spawn(List<Value> objects, String shown) {
    if (objects.isEmpty()) {
      return;
    }
    Value first = objects.get(0);
    if (first.items().isPresent()) {
      add(Act.Kind.SPAWN, texts(first.items().get()), shown);
    } else if (objects.size() > 1 && first.text().map(t -> !t.contains(" ")).orElse(true)) {
      List<Value> words = new ArrayList<>(List.of(first));
      for (Value other : objects.subList(1, objects.size())) {
        words.addAll(other.items().orElse(other.text().isPresent() ? List.of(other) : List.of()));
      }
      add(Act.Kind.SPAWN, texts(words), shown);
    } else {
      add(Act.Kind.SHELL, texts(List.of(first)), shown);
    }
  }

  private void write(String name, List<Value> objects, List<Value> all, String shown) {
    if (!name.endsWith("open")) {
      add(Act.Kind.WRITE, texts(objects), shown);
      return;
    }
    String mode =
        all.stream()
            .filter(a -> a.key().equals("mode"))
            .findFirst()
            .or(() -> objects.size() > 1 ? Optional.of(objects.get(1)) : Optional.empty())
            .flatMap(Value::text)
            .orElse("r");
    if (mode.contains("|")) {
      add(
          Act.Kind.SHELL,
          texts(objects.subList(Math.min(2, objects.size()), objects.size())),
          shown);
      return;
    }
    boolean writes = mode.matches(".*[wax+>].*");
    List<Value> file =
        objects.size() > 2 && mode.matches("[<>+|-]+.*") ? objects.subList(2, 3) : objects;
    add(writes ? Act.Kind.WRITE : Act.Kind.READ, texts(file), shown);
  }

  private void evaluate(List<Value> objects, String shown) {
    if (objects.isEmpty()) {
      return;
    }
    Value code = objects.get(0);
    if (code.decoded()) {
      add(Act.Kind.EVALUATE_DECODED, texts(List.of(code)), shown);
    } else {
      add(Act.Kind.EVALUATE, texts(List.of(code)), shown);
    }
    if (code.text().isPresent() && depth < DEEPEST) {
      for (Act inner : read(language.name(), code.text().get())) {
        add(inner.kind(), inner.words(), inner.written());
      }
    }
  }

  private static List<Optional<String>> texts(List<Value> values) {
    return values.stream()
        .map(v -> v.items().isPresent() ? Optional.<String>empty() : v.text())
        .toList();
  }

  private static String shown(Value value) {
    return value.text().map(t -> "'" + t + "'").orElse("…");
  }

  private void add(Act.Kind kind, List<Optional<String>> words, String written) {
    if (acts.size() < MOST_ACTS) {
      acts.add(new Act(kind, words, written));
    }
  }
}
