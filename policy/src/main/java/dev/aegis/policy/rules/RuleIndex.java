package dev.aegis.policy.rules;

import dev.aegis.operation.Category;
import dev.aegis.policy.Surroundings;
import dev.aegis.policy.meaning.Subject;
import dev.aegis.policy.rules.Clues.Clue;
import dev.aegis.policy.rules.Clues.Place;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rules of one layer on one kind of operation, found by what can be seen of a subject: the time
 * to find the one that speaks does not grow with the number of those that have nothing to do with
 * it. Says what trying them one after the other would say. Never changes.
 */
final class RuleIndex {
  private static final int[] NONE = {};

  private final Rule[] rules;
  private final int[] always;
  private final GramTable paths;
  private final GramTable commands;
  private final Map<Place, Map<String, int[]>> words = new EnumMap<>(Place.class);

  /**
   * An index.
   *
   * @param rules in the order in which they speak
   */
  RuleIndex(Rule[] rules) {
    this.rules = rules;
    List<List<List<Clue>>> choices = new ArrayList<>();
    Map<Object, Integer> frequency = new HashMap<>();
    for (Rule rule : rules) {
      List<List<Clue>> ofRule = Clues.of(rule.match().written());
      choices.add(ofRule);
      for (List<Clue> choice : ofRule) {
        for (Clue clue : choice) {
          keys(clue).forEach(key -> frequency.merge(key, 1, Integer::sum));
        }
      }
    }
    Map<Key, List<Integer>> byKey = new HashMap<>();
    List<Integer> without = new ArrayList<>();
    for (int i = 0; i < rules.length; i++) {
      Optional<List<Key>> best = rarest(choices.get(i), frequency);
      if (best.isEmpty()) {
        without.add(i);
      } else {
        int rule = i;
        best.get().stream()
            .distinct()
            .forEach(key -> byKey.computeIfAbsent(key, k -> new ArrayList<>()).add(rule));
      }
    }
    always = numbers(without);
    paths = grams(byKey, Place.PATH);
    commands = grams(byKey, Place.COMMAND);
    byKey.forEach(
        (key, some) -> {
          if (key.thing() instanceof String word) {
            words.computeIfAbsent(key.place(), p -> new HashMap<>()).put(word, numbers(some));
          }
        });
  }

  /* A word, or the number of a gram. */
  private record Key(Place place, Object thing) {}

  private static List<Key> keys(Clue clue) {
    return clue.place() == Place.PATH || clue.place() == Place.COMMAND
        ? Clues.grams(clue.text()).stream().map(gram -> new Key(clue.place(), gram)).toList()
        : List.of(new Key(clue.place(), clue.text()));
  }

  /** Of each clue the rarest key, of all choices the one whose keys are rarest. */
  private static Optional<List<Key>> rarest(
      List<List<Clue>> choices, Map<Object, Integer> frequency) {
    List<Key> best = null;
    long least = Long.MAX_VALUE;
    for (List<Clue> choice : choices) {
      List<Key> keys = new ArrayList<>();
      long sum = 0;
      for (Clue clue : choice) {
        Key rare = null;
        for (Key key : keys(clue)) {
          if (rare == null || frequency.get(key) < frequency.get(rare)) {
            rare = key;
          }
        }
        keys.add(rare);
        sum += frequency.get(rare);
      }
      if (sum < least) {
        least = sum;
        best = keys;
      }
    }
    return Optional.ofNullable(best);
  }

  private static int[] numbers(List<Integer> rules) {
    return rules.stream().mapToInt(Integer::intValue).toArray();
  }

  private static GramTable grams(Map<Key, List<Integer>> byKey, Place place) {
    Map<Long, List<Integer>> grams = new HashMap<>();
    byKey.forEach(
        (key, some) -> {
          if (key.place() == place && key.thing() instanceof Long gram) {
            grams.put(gram, some);
          }
        });
    return new GramTable(grams);
  }

  /** Return the first rule that matches. */
  Optional<Rule> first(Subject subject, Surroundings surroundings) {
    if (rules.length == 0) {
      return Optional.empty();
    }
    for (int i : candidates(subject).inOrder()) {
      if (rules[i].match().holds(subject, surroundings)) {
        return Optional.of(rules[i]);
      }
    }
    return Optional.empty();
  }

  private Candidates candidates(Subject subject) {
    Candidates candidates = new Candidates(always);
    paths.mark(subject.path(), candidates);
    paths.mark(subject.spelled(), candidates);
    commands.mark(subject.text(), candidates);
    for (Map.Entry<Place, Map<String, int[]>> entry : words.entrySet()) {
      Map<String, int[]> byWord = entry.getValue();
      switch (entry.getKey()) {
        case PROGRAM -> mark(byWord, lastName(subject.program()), candidates);
        case HOST -> mark(byWord, subject.host(), candidates);
        case WORD -> subject.argv().forEach(word -> mark(byWord, word, candidates));
        default ->
            subject.categories().forEach(category -> markFamilies(byWord, category, candidates));
      }
    }
    return candidates;
  }

  private static void markFamilies(Map<String, int[]> byWord, Category category, Candidates into) {
    String name = category.name();
    mark(byWord, name, into);
    for (int dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
      mark(byWord, name.substring(0, dot), into);
    }
  }

  private static void mark(Map<String, int[]> byWord, String word, Candidates into) {
    into.add(byWord.getOrDefault(word, NONE));
  }

  private static String lastName(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
