package dev.aegis.policy.code;

import dev.aegis.policy.code.Act.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Writes down what calls do. */
final class Acts {
  private static final int MOST = 200;
  private static final int DEEPEST = 20;

  /* They take one name, and then options. */
  private static final List<Act.Kind> OF_SENDING = List.of(Act.Kind.FETCH, Act.Kind.SEND);

  private final Language language;
  private final int depth;
  private final List<Act> all = new ArrayList<>();

  Acts(Language language, int depth) {
    this.language = language;
    this.depth = depth;
  }

  List<Act> all() {
    return all;
  }

  boolean isFull() {
    return all.size() >= MOST;
  }

  void add(Act.Kind kind, List<Word> words, String written) {
    if (!isFull()) {
      all.add(new Act(kind, words, written));
    }
  }

  /**
   * Note a call.
   *
   * @param kind what it does
   * @param name of the function in full
   * @param written the function as the code names it
   * @param self what a method is called on
   */
  void call(Act.Kind kind, String name, String written, Value self, List<Value> arguments) {
    List<Value> plain = arguments.stream().filter(a -> a.key().isEmpty()).toList();
    List<Value> given = plain.isEmpty() && !arguments.isEmpty() ? arguments.subList(0, 1) : plain;
    boolean method = name.contains("().") || given.isEmpty();
    List<Value> objects = new ArrayList<>();
    if (method && (kind != Act.Kind.SHELL || given.isEmpty())) {
      objects.add(self);
    }
    objects.addAll(OF_SENDING.contains(kind) ? arguments : given);
    String shown = written + "(" + (objects.isEmpty() ? "" : shown(objects.get(0))) + ")";
    switch (kind) {
      case SPAWN -> spawn(objects, shown);
      case WRITE -> write(name, objects, arguments, shown);
      case EVALUATE -> evaluate(objects, shown);
      case DELETE -> add(kind, texts(flat(objects)), shown);
      case PRINT -> print(objects, shown);
      default -> add(kind, texts(objects), shown);
    }
  }

  private static List<Value> flat(List<Value> values) {
    return values.stream().flatMap(v -> v.items().map(List::stream).orElse(Stream.of(v))).toList();
  }

  /** Only what stands in variables of the environment is worth telling. */
  private void print(List<Value> objects, String shown) {
    List<Value> told = objects.stream().filter(v -> v.hint().startsWith("$")).toList();
    if (!told.isEmpty()) {
      add(Act.Kind.PRINT, texts(told), shown);
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

  private void write(String name, List<Value> objects, List<Value> arguments, String shown) {
    if (!name.toLowerCase(Locale.ROOT).endsWith("open")) {
      add(Act.Kind.WRITE, texts(objects), shown);
      return;
    }
    String mode =
        arguments.stream()
            .filter(a -> a.key().equals("mode"))
            .findFirst()
            .or(() -> objects.size() > 1 ? Optional.of(objects.get(1)) : Optional.empty())
            .flatMap(Value::text)
            .orElse("r");
    if (mode.contains("|")) {
      List<Value> command = objects.subList(Math.min(2, objects.size()), objects.size());
      String inside = mode.replace("|", "").replaceFirst("^-", "").strip();
      add(
          Act.Kind.SHELL,
          command.isEmpty() ? texts(List.of(Value.of(inside))) : texts(command),
          shown);
      return;
    }
    boolean writes = mode.matches(".*[wax+>].*");
    boolean marked = mode.matches("[<>+]+\\s*[^<>+ ].*");
    if (marked && objects.size() == 2) {
      writes = mode.startsWith(">") || mode.startsWith("+");
      Value file = Value.of(mode.replaceFirst("^[<>+]+\\s*", ""));
      add(writes ? Act.Kind.WRITE : Act.Kind.READ, texts(List.of(file)), shown);
      return;
    }
    List<Value> file =
        objects.size() > 2 && mode.matches("[<>+|-]+.*") ? objects.subList(2, 3) : objects;
    add(writes ? Act.Kind.WRITE : Act.Kind.READ, texts(file), shown);
  }

  private void evaluate(List<Value> objects, String shown) {
    if (objects.isEmpty()) {
      return;
    }
    Value code = objects.get(0);
    if (code.text().isEmpty() && !code.decoded() && !code.file().isEmpty()) {
      /* What stands in a file is run as the file would be. */
      add(Act.Kind.SPAWN, texts(List.of(Value.of(interpreter()), Value.of(code.file()))), shown);
      return;
    }
    add(
        code.decoded() ? Act.Kind.EVALUATE_DECODED : Act.Kind.EVALUATE,
        texts(List.of(code)),
        shown);
    if (code.text().isPresent() && depth < DEEPEST) {
      CodeReader.read(language, code.text().get(), depth + 1)
          .forEach(inner -> add(inner.kind(), inner.words(), inner.written()));
    }
  }

  private String interpreter() {
    return language.name().equals("javascript") ? "node" : language.name();
  }

  private static List<Word> texts(List<Value> values) {
    return values.stream().map(Acts::word).toList();
  }

  private static Word word(Value value) {
    boolean known = value.items().isEmpty() && value.text().isPresent();
    if (known) {
      return new Word(value.text().get(), true, false);
    }
    return value.hint().isEmpty() ? Word.UNKNOWN : new Word(value.hint(), false, value.isPattern());
  }

  private static String shown(Value value) {
    return value.text().map(t -> "'" + t + "'").orElse("…");
  }
}
