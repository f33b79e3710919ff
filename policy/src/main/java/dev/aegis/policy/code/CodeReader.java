package dev.aegis.policy.code;

import dev.aegis.policy.code.Act.Word;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Reads code for the calls in it that matter. */
public final class CodeReader {
  private static final int DEEPEST = 60;
  private static final int MOST_TOKENS = 60_000;
  private static final Set<String> DECLARATIONS = Set.of("const", "let", "var", "my");
  private static final Set<String> CHANGES = Set.of("+=", ".=", "++", "--");
  private static final List<String> LOOPS = List.of("while", "until", "loop");
  private static final List<String> ENDS = List.of("exit", "_exit", "wait", "waitpid", "break");

  private final Language language;
  private final TokenCursor tokens;
  private final Imports imports;
  private final Acts acts;
  private final Map<String, Value> values = new HashMap<>();
  private final Functions functions;
  private int depth;

  private CodeReader(Language language, List<Token> tokens, int nesting) {
    this.language = language;
    this.tokens = new TokenCursor(tokens);
    imports = new Imports(this.tokens);
    functions = new Functions(language, imports, values);
    acts = new Acts(language, nesting);
  }

  /** Return what some code would do, in the order of its text; nothing for unknown languages. */
  public static List<Act> read(String language, String code) {
    return Language.of(language).map(known -> read(known, code, 0)).orElse(List.of());
  }

  static List<Act> read(Language language, String code, int nesting) {
    List<Token> tokens = Lexer.tokens(language, code);
    CodeReader reader =
        new CodeReader(language, tokens.subList(0, Math.min(MOST_TOKENS, tokens.size())), nesting);
    while (!reader.tokens.atEnd()) {
      reader.statement();
    }
    List<Act> all = new ArrayList<>(reader.acts.all());
    if (tokens.size() > MOST_TOKENS || reader.acts.isFull()) {
      /* What was not read is not assumed to be harmless. */
      all.add(new Act(Act.Kind.EVALUATE, List.of(Word.UNKNOWN), "more code than is read"));
    }
    return List.copyOf(all);
  }

  private void statement() {
    String word = tokens.here(0).text();
    if (!tokens.isName(0)) {
      expression();
    } else if (word.equals("import") || (word.equals("from") && !tokens.here(1).is("("))) {
      if (tokens.here(1).is("(")) {
        expression();
      } else {
        imports.read();
      }
    } else if (DECLARATIONS.contains(word)) {
      tokens.skip(1);
      imports.destructured();
    } else if (word.equals("for") && tokens.isName(1) && tokens.here(2).text().equals("in")) {
      String name = tokens.here(1).text();
      tokens.skip(3);
      values.put(name, eachOf(expression()));
    } else if (tokens.here(1).is("=")) {
      tokens.skip(2);
      assign(word);
    } else {
      expression();
    }
  }

  /**
   * A loop's variable is every name that a pattern stands for, and nothing that can be told else.
   */
  private static Value eachOf(Value all) {
    return all.isPattern() ? all : Value.UNKNOWN;
  }

  private void assign(String name) {
    if (Imports.isRequire(tokens.here(0)) && tokens.here(1).is("(") && tokens.isString(2)) {
      imports.add(name, Imports.moduleName(tokens.here(2).text()));
    }
    values.put(name, expression());
  }

  private Value expression() {
    if (++depth > DEEPEST) {
      tokens.skip(1);
      depth--;
      return Value.UNKNOWN;
    }
    Value value = operand();
    while (true) {
      Token token = tokens.here(0);
      boolean adjacent = tokens.isString(0) && tokens.before().kind() == Token.Kind.STRING;
      if (token.is("+") || token.is(".") || token.is("..") || token.is("<>")) {
        tokens.skip(1);
        value = value.and("", operand());
      } else if (token.is("/") && language.name().equals("python")) {
        tokens.skip(1);
        value = value.and("/", operand());
      } else if (adjacent) {
        value = value.and("", operand());
      } else if (token.is("*") && value.text().isPresent()) {
        tokens.skip(1);
        operand();
        value = value.blurred();
      } else if (language.pipes() && (token.is("|") || token.is("|&"))) {
        value = piped(value);
      } else {
        break;
      }
    }
    depth--;
    return value;
  }

  /** {@code "command" | getline}, {@code print | "command"}. */
  private Value piped(Value value) {
    tokens.skip(1);
    boolean reads = tokens.here(0).text().equals("getline");
    Value command = reads ? value : operand();
    if (reads) {
      tokens.skip(1);
    }
    if (command.text().map(t -> t.startsWith("/inet/")).orElse(false)) {
      acts.add(Act.Kind.CONNECT, List.of(), "/inet/");
    } else {
      acts.call(Act.Kind.SHELL, "|", "|", Value.UNKNOWN, List.of(command));
      if (!reads && command.text().map(t -> t.matches("(/bin/)?(ba|da|z)?sh")).orElse(false)) {
        acts.add(Act.Kind.EVALUATE, List.of(Word.UNKNOWN), "| sh");
      }
      if (command.text().isEmpty() && command.items().isEmpty()) {
        acts.add(Act.Kind.ATTACH, List.of(), "|");
      }
    }
    return Value.UNKNOWN;
  }

  private Value operand() {
    Token token = tokens.here(0);
    tokens.skip(1);
    return switch (token.kind()) {
      case STRING -> methods(token.known() ? Value.of(token.text()) : Value.UNKNOWN, "");
      case NUMBER -> Value.of(token.text());
      case COMMAND -> {
        acts.call(Act.Kind.SHELL, "`", "`", Value.UNKNOWN, List.of(ofToken(token)));
        yield Value.UNKNOWN;
      }
      case NAME -> name(token.text());
      case MARK -> mark(token.text());
    };
  }

  private static Value ofToken(Token token) {
    return token.known() ? Value.of(token.text()) : Value.UNKNOWN;
  }

  private Value mark(String mark) {
    return switch (mark) {
      case "[" -> methods(Value.list(until("]")), "");
      case "(" -> {
        List<Value> inside = until(")");
        yield methods(inside.size() == 1 ? inside.get(0) : Value.list(inside), "");
      }
      case "{" -> Value.options(until("}"));
      case "-" ->
          tokens.here(0).kind() == Token.Kind.NUMBER
              ? Value.of("-" + operand().text().orElse(""))
              : Value.UNKNOWN;
      case "$" -> {
        if (language.name().equals("javascript") && tokens.isString(0)) {
          acts.call(Act.Kind.SHELL, "$", "$", Value.UNKNOWN, List.of(ofToken(tokens.here(0))));
        }
        yield Value.UNKNOWN;
      }
      case "&" ->
          language.textsCall() && tokens.here(0).is("{")
              ? methods(only(braces()), "")
              : Value.UNKNOWN;
      default -> Value.UNKNOWN;
    };
  }

  private List<Value> braces() {
    tokens.skip(1);
    return until("}");
  }

  /** Read what stands in brackets, separated by commas or nothing. */
  private List<Value> until(String end) {
    List<Value> all = new ArrayList<>();
    while (!tokens.atEnd() && !tokens.here(0).is(end)) {
      if (tokens.here(0).is(",") || tokens.here(0).is(";")) {
        tokens.skip(1);
      } else if (tokens.closes()) {
        return all;
      } else {
        all.add(argument());
      }
    }
    tokens.skip(1);
    return all;
  }

  private boolean ends() {
    return tokens.here(0).is(",") || tokens.closes();
  }

  private Value argument() {
    Token name = tokens.here(0);
    Token next = tokens.here(1);
    if (tokens.isName(0) && (next.is("=") || next.is(":") || next.is("=>"))) {
      tokens.skip(2);
      Value value = expression();
      if (!ends()) {
        values.put(name.text(), value);
      }
      return value.named(name.text());
    }
    int before = tokens.position();
    Value value = symbolOr(this::expression);
    boolean mixed = !ends() && !tokens.here(0).is(";") && !tokens.atEnd();
    if (tokens.position() == before) {
      tokens.skip(1);
    }
    return mixed ? value.blurred() : value;
  }

  private Value name(String text) {
    Token next = tokens.here(0);
    String name = next.is("(") ? functions.called(text) : functions.resolved(text);
    if (CHANGES.contains(next.text())) {
      values.put(text, Value.UNKNOWN);
    }
    if (next.is("(")) {
      tokens.skip(1);
      List<Value> arguments = until(")");
      return methods(called(name, text, owner(text), arguments), name);
    }
    if (next.is("[") && isEnvironment(name)) {
      tokens.skip(1);
      return Fold.of("environment", Value.UNKNOWN, until("]"));
    }
    boolean bare =
        language.bare().contains(name)
            && (tokens.isString(0)
                || tokens.isName(0)
                || next.is("$")
                || next.is("[")
                || isSymbol());
    if (bare) {
      return called(name, text, Value.UNKNOWN, bareArguments());
    }
    handOver(name, text);
    if (name.startsWith("process.env.")) {
      return Fold.of(
          "environment", Value.UNKNOWN, List.of(Value.of(name.substring("process.env.".length()))));
    }
    if (isEnvironment(name)) {
      return methods(Value.variable("(env)"), name);
    }
    if (language.call(name).filter(k -> k == Act.Kind.FORK).isPresent()) {
      called(name, text, Value.UNKNOWN, List.of());
    }
    return methods(values.getOrDefault(text, Value.function(name)), name);
  }

  /** A method's object, when it is a variable. */
  private Value owner(String text) {
    int dot = text.lastIndexOf('.');
    return dot < 0 ? Value.UNKNOWN : values.getOrDefault(text.substring(0, dot), Value.UNKNOWN);
  }

  /** A function that is given to another one will be called with what is not known. */
  private void handOver(String name, String text) {
    boolean given = ends() && tokens.before().text().equals(text);
    Optional<Act.Kind> kind = given ? language.call(name) : Optional.empty();
    boolean meant =
        kind.filter(Act.Kind::isHandedOver).isPresent()
            && (kind.get() == Act.Kind.EVALUATE || language.isWhole(name));
    if (meant) {
      acts.add(kind.get(), List.of(Word.UNKNOWN), text);
    }
  }

  private static boolean isEnvironment(String name) {
    return name.equals("os.environ")
        || name.equals("ENV")
        || name.equals("process.env")
        || name.equals("$ENV")
        || name.equals("$_ENV");
  }

  private List<Value> bareArguments() {
    List<Value> arguments = new ArrayList<>();
    arguments.add(symbolOr(this::expression));
    while (tokens.here(0).is(",")) {
      tokens.skip(1);
      arguments.add(expression());
    }
    return arguments;
  }

  /** {@code :name} of Ruby, which is a text. */
  private boolean isSymbol() {
    return language.name().equals("ruby")
        && tokens.here(0).is(":")
        && tokens.isName(1)
        && !tokens.here(2).is("(");
  }

  private Value symbolOr(Supplier<Value> other) {
    if (!isSymbol()) {
      return other.get();
    }
    tokens.skip(2);
    return Value.of(tokens.before().text());
  }

  /** Follow {@code .method(…)} and {@code [name]} behind a value, and calls of what that gives. */
  private Value methods(Value value, String name) {
    Value result = value;
    for (int count = 0; count < DEEPEST; count++) {
      Token token = tokens.here(0);
      boolean arrow = token.is("->");
      boolean named = (token.is(".") || arrow) && tokens.isName(1);
      String owner = result.isFunction() ? result.function() : name + "()";
      int bracket = arrow ? 1 : 0;
      if (named && tokens.here(2).is("(")) {
        String method = owner + "." + tokens.here(1).text();
        tokens.skip(3);
        result = called(method, method, result, until(")"));
      } else if (named && language.dottedNames() && result.isFunction()) {
        result = functions.member(owner, Value.of(tokens.here(1).text()));
        tokens.skip(2);
      } else if (token.is("[") && result.isFunction()) {
        tokens.skip(1);
        result = functions.member(owner, only(until("]")));
      } else if (tokens.here(bracket).is("(") && functions.callable(result).isPresent()) {
        String function = functions.callable(result).get();
        tokens.skip(1 + bracket);
        result = called(function, function, Value.UNKNOWN, until(")"));
      } else {
        break;
      }
    }
    return result;
  }

  private static Value only(List<Value> values) {
    return values.size() == 1 ? values.get(0) : Value.UNKNOWN;
  }

  private static Value module(List<Value> arguments) {
    return only(arguments)
        .text()
        .map(Imports::moduleName)
        .map(Value::function)
        .orElse(Value.UNKNOWN);
  }

  private static String ownerOf(String name) {
    return name.substring(0, Math.max(0, name.lastIndexOf('.')));
  }

  /** A function that is called by its name, or by a text that is its name. */
  private Value calledByName(String name, String written, List<Value> arguments) {
    if (arguments.size() < 2) {
      return Value.UNKNOWN;
    }
    Value whole = functions.member(ownerOf(name), arguments.get(0));
    boolean inOwner =
        language.call(whole.function()).isPresent() || whole.function().equals(Functions.ANY);
    return (inOwner ? Optional.of(whole.function()) : arguments.get(0).text())
        .map(f -> called(f, written, Value.UNKNOWN, arguments.subList(1, arguments.size())))
        .orElse(Value.UNKNOWN);
  }

  private Value called(String name, String written, Value self, List<Value> arguments) {
    if (name.startsWith(Functions.ANY)) {
      acts.add(Act.Kind.EVALUATE, List.of(Word.UNKNOWN), "a function that is computed");
      return Value.UNKNOWN;
    }
    if (name.equals("require") || name.equals("__import__") || name.endsWith("import_module")) {
      return module(arguments);
    }
    if (name.equals("getattr") && arguments.size() >= 2) {
      return functions.member(arguments.get(0).function(), arguments.get(1));
    }
    if (name.endsWith(".__getattribute__")) {
      return functions.member(ownerOf(name), only(arguments));
    }
    if (language.everything().contains(name)) {
      return Value.function(name);
    }
    Optional<Act.Kind> kind = language.call(name);
    if (kind.isEmpty()) {
      return language
          .fold(name)
          .map(how -> Fold.of(how, self, arguments))
          .orElseGet(() -> passedOn(self, arguments));
    }
    if (kind.get() == Act.Kind.CALL) {
      return calledByName(name, written, arguments);
    }
    if (kind.get() == Act.Kind.FORK) {
      if (tokens.holds(LOOPS) && !tokens.holds(ENDS)) {
        acts.add(Act.Kind.FORK, List.of(), written);
      }
      return Value.UNKNOWN;
    }
    acts.call(kind.get(), name, written, self, arguments);
    Optional<String> file = arguments.isEmpty() ? self.text() : arguments.get(0).text();
    return file.filter(f -> kind.get().isOfFiles() && !f.contains("://"))
        .map(Value.UNKNOWN::readFrom)
        .orElse(Value.UNKNOWN);
  }

  /** What goes through an unknown function may come out of it. */
  private static Value passedOn(Value self, List<Value> arguments) {
    Value all = self.blurred();
    for (Value argument : arguments) {
      all = all.and("", argument.blurred());
    }
    return all;
  }
}
