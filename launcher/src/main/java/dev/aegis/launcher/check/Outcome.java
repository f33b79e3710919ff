package dev.aegis.launcher.check;

import dev.aegis.policy.Decision;
import dev.aegis.policy.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Decisions as JSON values. */
public final class Outcome {
  private Outcome() {}

  /** Return one decision with its plan. */
  public static Map<String, Object> full(Decision decision) {
    Map<String, Object> value = brief(decision);
    value.put("risk_reasons", decision.risk().reasons());
    List<Map<String, Object>> steps = new ArrayList<>();
    for (Decision.Step step : decision.steps()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("text", step.text());
      one.put("verdict", step.verdict().label());
      one.put("rule", step.rule());
      one.put("risk", step.risk().score());
      one.put("tier", step.risk().tier().label());
      one.put("categories", names(step));
      one.put("reason", step.reason());
      one.put("risk_reasons", step.risk().reasons());
      steps.add(one);
    }
    value.put("steps", steps);
    return value;
  }

  /** Return one decision in a few words. */
  public static Map<String, Object> brief(Decision decision) {
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("verdict", decision.verdict().label());
    value.put("rule", decision.rule());
    value.put("risk", decision.risk().score());
    value.put("tier", decision.risk().tier().label());
    value.put("categories", decision.categories().stream().map(c -> c.name()).toList());
    value.put("reason", decision.reason());
    return value;
  }

  /** A question that cannot be understood is never allowed. */
  static Map<String, Object> refused(String why) {
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("verdict", Verdict.DENY.label());
    value.put("rule", "bad_question");
    value.put("risk", 0);
    value.put("tier", "low");
    value.put("categories", List.of());
    value.put("reason", why);
    return value;
  }

  private static List<String> names(Decision.Step step) {
    return step.categories().stream().map(c -> c.name()).toList();
  }
}
