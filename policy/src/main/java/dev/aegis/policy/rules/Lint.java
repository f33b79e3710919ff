package dev.aegis.policy.rules;

import dev.aegis.operation.Risk;
import dev.aegis.policy.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Finds rules that can never speak and rules that contradict each other. Says nothing where it
 * would have to guess: every warning is true.
 */
final class Lint {
  private final List<PolicyDocument> documents;
  private final List<PolicyProblem> found = new ArrayList<>();

  private Lint(List<PolicyDocument> documents) {
    this.documents = documents;
  }

  static List<PolicyProblem> of(List<PolicyDocument> documents) {
    Lint lint = new Lint(documents);
    for (Layer layer : Layer.values()) {
      lint.layer(layer);
    }
    return List.copyOf(lint.found);
  }

  private void layer(Layer layer) {
    List<Rule> rules =
        documents.stream()
            .filter(d -> d.layer() == layer)
            .flatMap(d -> d.rules().stream())
            .sorted(Rule.ORDER)
            .toList();
    for (int i = 0; i < rules.size(); i++) {
      Rule rule = rules.get(i);
      if (layer == Layer.PROJECT && rule.verdict() == Verdict.ALLOW) {
        add(rule, "never speaks: a project's policy may only tighten, and this rule allows");
        continue;
      }
      for (Rule earlier : rules.subList(0, i)) {
        if (covers(earlier, rule)) {
          add(rule, complaint(rule, earlier));
          break;
        }
      }
    }
  }

  private static String complaint(Rule rule, Rule earlier) {
    String where = "\"" + earlier.name() + "\" (line " + earlier.origin().line() + ")";
    boolean conflict =
        covers(rule, earlier)
            && rule.priority() == earlier.priority()
            && rule.verdict() != earlier.verdict();
    return conflict
        ? "contradicts "
            + where
            + ": both match the same with priority "
            + rule.priority()
            + ", and the stricter one speaks"
        : "never speaks: " + where + " matches all that it matches, and comes first";
  }

  private void add(Rule rule, String message) {
    found.add(
        new PolicyProblem(
            rule.origin().file(),
            rule.origin().line(),
            rule.origin().column(),
            "rule \"" + rule.name() + "\" " + message));
  }

  /** Tell whether every subject of one rule is certainly a subject of the other. */
  private static boolean covers(Rule wide, Rule narrow) {
    if (!wide.match().kinds().containsAll(narrow.match().kinds())) {
      return false;
    }
    for (Map.Entry<String, List<String>> condition : wide.match().written().entrySet()) {
      String key = condition.getKey();
      List<String> given = narrow.match().written().getOrDefault(key, List.of());
      if (key.equals("tool")) {
        continue;
      }
      if (given.isEmpty() || !implied(key, given, condition.getValue())) {
        return false;
      }
    }
    return true;
  }

  private static boolean implied(String key, List<String> narrow, List<String> wide) {
    return switch (key) {
      case "category" ->
          narrow.stream()
              .allMatch(n -> wide.stream().anyMatch(w -> n.equals(w) || n.startsWith(w + ".")));
      case "risk" -> tier(narrow.get(0)).compareTo(tier(wide.get(0))) >= 0;
      case "args", "rate" -> narrow.equals(wide);
      default -> wide.containsAll(narrow);
    };
  }

  private static Risk.Tier tier(String word) {
    return Risk.Tier.valueOf(word.toUpperCase(Locale.ROOT));
  }
}
