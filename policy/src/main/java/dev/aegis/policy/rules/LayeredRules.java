package dev.aegis.policy.rules;

import dev.aegis.operation.OperationKind;
import dev.aegis.policy.Surroundings;
import dev.aegis.policy.Verdict;
import dev.aegis.policy.meaning.Subject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The rules of all layers, by kind of operation, and the order in which they speak. */
final class LayeredRules {
  private static final Rule[] NONE = {};

  private final Map<Layer, Map<OperationKind, Rule[]>> rules = new EnumMap<>(Layer.class);
  private final Map<Layer, Map<OperationKind, RuleIndex>> indexes = new EnumMap<>(Layer.class);
  private final Map<OperationKind, Rule[]> namingBaseline = new EnumMap<>(OperationKind.class);
  private final List<RuleSummary> summaries = new ArrayList<>();
  private final Ruling defaultRuling;
  private final Optional<Verdict> projectDefault;
  private final boolean narrows;
  private final int count;

  LayeredRules(List<PolicyDocument> documents) {
    for (Layer layer : Layer.values()) {
      List<Rule> all = new ArrayList<>();
      documents.stream().filter(d -> d.layer() == layer).forEach(d -> all.addAll(d.rules()));
      all.sort(Rule.ORDER);
      rules.put(layer, byKind(all));
      indexes.put(layer, indexed(rules.get(layer)));
      all.forEach(rule -> summaries.add(rule.summary(layer)));
    }
    List<Rule> everything = documents.stream().flatMap(d -> d.rules().stream()).toList();
    count = everything.size();
    narrows = everything.stream().anyMatch(Rule::narrowsBaseline);
    projectDefault = defaultOf(documents, Layer.PROJECT);
    Verdict verdict =
        defaultOf(documents, Layer.TRUSTED_PROJECT)
            .or(() -> defaultOf(documents, Layer.USER))
            .or(() -> defaultOf(documents, Layer.LEARNED))
            .or(() -> defaultOf(documents, Layer.PROFILE))
            .orElse(Verdict.REQUIRE_APPROVAL);
    defaultRuling = Ruling.byDefault(verdict);
    List<Rule> baseline = new ArrayList<>();
    for (Layer layer : Layer.values()) {
      documents.stream()
          .filter(d -> d.layer() == layer)
          .flatMap(d -> d.rules().stream().sorted(Rule.ORDER))
          .filter(r -> r.match().namesBaseline())
          .forEach(baseline::add);
    }
    namingBaseline.putAll(byKind(baseline));
  }

  boolean narrowsBaseline() {
    return narrows;
  }

  List<RuleSummary> summaries() {
    return List.copyOf(summaries);
  }

  int count() {
    return count;
  }

  Verdict defaultVerdict() {
    return defaultRuling.verdict();
  }

  /** Rule on one subject. */
  Ruling rule(Subject subject, Surroundings surroundings) {
    if (subject.baseline()) {
      return first(namingBaseline, subject, surroundings).map(Ruling::of).orElse(Ruling.BASELINE);
    }
    Ruling below =
        first(Layer.TRUSTED_PROJECT, subject, surroundings)
            .or(() -> first(Layer.USER, subject, surroundings))
            .map(Ruling::of)
            .orElse(null);
    if (below == null) {
      below = learnedOrShipped(subject, surroundings);
    }
    Optional<Rule> project = first(Layer.PROJECT, subject, surroundings);
    if (project.isPresent()) {
      return stricter(below, Ruling.of(project.get()));
    }
    if (projectDefault.isPresent() && below.equals(defaultRuling)) {
      return stricter(below, Ruling.byDefault(projectDefault.get()));
    }
    return below;
  }

  /** Return the conditions of all rules on a kind of operation. */
  List<Condition> conditions(OperationKind kind) {
    return rules.values().stream()
        .flatMap(kinds -> Stream.of(kinds.getOrDefault(kind, NONE)))
        .flatMap(rule -> rule.match().conditions().stream())
        .toList();
  }

  /** Tell whether a subject is allowed whatever is not known of it. */
  boolean surelyAllow(Subject subject, KnownPath known) {
    if (subject.baseline()) {
      return first(namingBaseline, subject, known) != Sure.NO;
    }
    Sure project = first(rules.get(Layer.PROJECT), subject, known);
    Sure trusted = first(rules.get(Layer.TRUSTED_PROJECT), subject, known);
    Sure user = first(rules.get(Layer.USER), subject, known);
    if (project == Sure.NO || trusted == Sure.NO || user == Sure.NO) {
      return false;
    }
    if (trusted == Sure.YES || user == Sure.YES) {
      return true;
    }
    Sure shipped = first(rules.get(Layer.PROFILE), subject, known);
    boolean byDefault =
        defaultRuling.verdict() == Verdict.ALLOW
            && projectDefault.map(verdict -> verdict == Verdict.ALLOW).orElse(true);
    return first(rules.get(Layer.LEARNED), subject, known) != Sure.NO
        && (shipped == Sure.YES || (shipped == Sure.UNTOLD && byDefault));
  }

  /** What the rules of one layer surely say: allow; perhaps not; perhaps nothing. */
  private enum Sure {
    YES,
    NO,
    UNTOLD
  }

  private static Sure first(Map<OperationKind, Rule[]> rules, Subject subject, KnownPath known) {
    for (Rule rule : rules.getOrDefault(subject.kind(), NONE)) {
      KnownPath.Holds holds = known.of(rule, subject);
      if (holds != KnownPath.Holds.NEVER && rule.verdict() != Verdict.ALLOW) {
        return Sure.NO;
      }
      if (holds == KnownPath.Holds.SURELY) {
        return Sure.YES;
      }
    }
    return Sure.UNTOLD;
  }

  private Ruling learnedOrShipped(Subject subject, Surroundings surroundings) {
    Optional<Rule> learned = first(Layer.LEARNED, subject, surroundings);
    Ruling shipped =
        first(Layer.PROFILE, subject, surroundings).map(Ruling::of).orElse(defaultRuling);
    if (learned.isEmpty()) {
      return shipped;
    }
    Rule rule = learned.get();
    boolean outranked =
        rule.verdict() == Verdict.ALLOW
            && (shipped.verdict() == Verdict.DENY
                || (shipped.verdict() == Verdict.REQUIRE_APPROVAL
                    && subject.risk().tier().compareTo(rule.upTo()) > 0));
    return outranked ? shipped : Ruling.of(rule);
  }

  private Optional<Rule> first(Layer layer, Subject subject, Surroundings surroundings) {
    return indexes.get(layer).get(subject.kind()).first(subject, surroundings);
  }

  private static Optional<Rule> first(
      Map<OperationKind, Rule[]> rules, Subject subject, Surroundings surroundings) {
    for (Rule rule : rules.getOrDefault(subject.kind(), NONE)) {
      if (rule.match().holds(subject, surroundings)) {
        return Optional.of(rule);
      }
    }
    return Optional.empty();
  }

  private static Ruling stricter(Ruling a, Ruling b) {
    return b.verdict().compareTo(a.verdict()) > 0 ? b : a;
  }

  private static Map<OperationKind, RuleIndex> indexed(Map<OperationKind, Rule[]> rules) {
    Map<OperationKind, RuleIndex> indexes = new EnumMap<>(OperationKind.class);
    rules.forEach((kind, some) -> indexes.put(kind, new RuleIndex(some)));
    return indexes;
  }

  private static Map<OperationKind, Rule[]> byKind(List<Rule> all) {
    Map<OperationKind, Rule[]> kinds = new EnumMap<>(OperationKind.class);
    for (OperationKind kind : OperationKind.values()) {
      kinds.put(
          kind, all.stream().filter(r -> r.match().kinds().contains(kind)).toArray(Rule[]::new));
    }
    return kinds;
  }

  private static Optional<Verdict> defaultOf(List<PolicyDocument> documents, Layer layer) {
    return documents.stream()
        .filter(d -> d.layer() == layer)
        .flatMap(d -> d.defaultAction().stream())
        .max(Comparator.naturalOrder());
  }
}
