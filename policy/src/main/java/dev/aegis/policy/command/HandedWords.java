package dev.aegis.policy.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The command lines that {@code xargs} and {@code parallel} make of the words they are given. */
final class HandedWords {
  private static final String MARK = "{}";
  private static final String SEPARATOR = ":::";

  /* In a script, what is put in place of the mark is no more known than a variable. */
  private static final String UNKNOWN = "$_";

  private final List<Argument> argv;
  private final Wrapper wrapper;

  private HandedWords(List<Argument> argv, Wrapper wrapper) {
    this.argv = argv;
    this.wrapper = wrapper;
  }

  /** Tell whether a program hands on words that stand elsewhere. */
  static boolean are(String program) {
    return program.equals("xargs") || program.equals("gxargs") || program.equals("parallel");
  }

  /** Return what is started, given the words that another step prints, as far as they are known. */
  static List<Inner> of(
      String program, List<Argument> argv, Optional<String> text, List<Argument> found) {
    HandedWords words = new HandedWords(argv, WrapperTable.find(program).get(0));
    return program.equals("parallel") ? words.parallel(text, found) : words.xargs(text, found);
  }

  private List<Inner> xargs(Optional<String> text, List<Argument> found) {
    int command = commandAt();
    Optional<String> mark = mark(command);
    List<Argument> words = text.isPresent() ? split(text.get(), mark.isPresent(), command) : found;
    if (command >= argv.size()) {
      return List.of();
    }
    return List.of(inner(argv.subList(command, argv.size()), words, mark, false));
  }

  /** {@code parallel rm {} ::: a b}; without a command, each word is one. */
  private List<Inner> parallel(Optional<String> text, List<Argument> found) {
    int from = commandAt();
    int end = from;
    while (end < argv.size() && !argv.get(end).text().startsWith(SEPARATOR)) {
      end++;
    }
    List<Argument> given =
        end < argv.size() && argv.get(end).text().startsWith(SEPARATOR + ":")
            ? List.of()
            : argv.subList(Math.min(argv.size(), end + 1), argv.size());
    List<Argument> words =
        !given.isEmpty() ? given : text.map(t -> split(t, true, from)).orElse(found);
    if (from == end) {
      return given.isEmpty()
          ? List.of(new Inner.FromInput("sh", wrapper.place()))
          : given.stream().<Inner>map(Inner.Script::new).toList();
    }
    List<Argument> command = argv.subList(from, end);
    boolean marked = command.stream().anyMatch(a -> a.text().contains(MARK));
    return List.of(inner(command, words, marked ? Optional.of(MARK) : Optional.empty(), true));
  }

  private Inner inner(
      List<Argument> command, List<Argument> words, Optional<String> mark, boolean joined) {
    List<Argument> handed = words.isEmpty() ? List.of(Argument.unknown("…")) : words;
    List<Argument> line = new ArrayList<>();
    for (Argument word : command) {
      if (mark.isPresent() && word.text().equals(mark.get())) {
        line.addAll(handed);
      } else if (mark.isPresent() && word.text().contains(mark.get())) {
        line.add(replaced(word, mark.get(), handed));
      } else {
        line.add(word);
      }
    }
    if (mark.isEmpty()) {
      line.addAll(handed);
    }
    boolean script = joined && line.get(0).text().indexOf(' ') > 0;
    return script
        ? new Inner.Script(Unwrapping.joined(line))
        : new Inner.Command(List.copyOf(line));
  }

  private static Argument replaced(Argument word, String mark, List<Argument> handed) {
    if (handed.size() == 1 && handed.get(0).known()) {
      return word.withText(word.text().replace(mark, handed.get(0).text()));
    }
    String text = word.text().replace(mark, UNKNOWN);
    boolean script = word.known() && text.indexOf(' ') >= 0;
    return new Argument(text, script, false, word.from());
  }

  private int commandAt() {
    int at = 1;
    while (at < argv.size() && argv.get(at).text().startsWith("-")) {
      String word = argv.get(at).text();
      at += wrapper.width(word, argv, at);
      if (word.equals("--")) {
        break;
      }
    }
    return Math.min(at, argv.size());
  }

  /** Return what {@code xargs} replaces, when it replaces and does not append. */
  private Optional<String> mark(int command) {
    for (int i = 1; i < command; i++) {
      String word = argv.get(i).text();
      if (word.equals("-I") && i + 1 < command) {
        return Optional.of(argv.get(i + 1).text());
      }
      if (word.startsWith("-I") && word.length() > 2) {
        return Optional.of(word.substring(2));
      }
      if (word.startsWith("--replace=")) {
        return Optional.of(word.substring("--replace=".length()));
      }
      if (word.equals("-i") || word.equals("--replace")) {
        return Optional.of(MARK);
      }
    }
    return Optional.empty();
  }

  private List<Argument> split(String text, boolean lines, int command) {
    String mark = lines ? "\n" : "\\s+";
    for (int i = 1; i < command; i++) {
      String word = argv.get(i).text();
      if (word.equals("--null") || word.matches("-[a-zA-Z]*0[a-zA-Z0-9]*")) {
        mark = "\0";
      } else if (word.startsWith("-d") || word.startsWith("--delimiter")) {
        mark = "\n";
      }
    }
    return Arrays.stream(text.strip().split(mark, Bounds.ROUNDS))
        .filter(word -> !word.isEmpty())
        .map(Argument::of)
        .toList();
  }
}
