package dev.aegis.policy.rules;

import dev.aegis.policy.PolicyEngine;
import java.util.List;

/** Policies of tests. */
final class Policies {
  private Policies() {}

  static PolicyEngine engine(PolicySource... sources) {
    LoadedPolicy loaded = PolicyLoader.load(List.of(sources));
    if (!loaded.problems().isEmpty()) {
      throw new AssertionError(loaded.problems().toString());
    }
    return loaded.engine().orElseThrow();
  }

  static PolicySource source(Layer layer, String text) {
    return new PolicySource(layer, layer.label() + ".toml", text);
  }

  static PolicySource user(String text) {
    return source(Layer.USER, text);
  }

  /** Write one rule. */
  static String rule(String name, String match, String action, int priority) {
    return """
        [[policy.rules]]
        name = "%s"
        match = { %s }
        action = "%s"
        priority = %d
        """
        .formatted(name, match, action, priority);
  }
}
