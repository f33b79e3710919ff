package dev.aegis.measure;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import dev.aegis.policy.rules.Layer;
import dev.aegis.policy.rules.LoadedPolicy;
import dev.aegis.policy.rules.PolicyLoader;
import dev.aegis.policy.rules.PolicyProblem;
import dev.aegis.policy.rules.PolicySource;
import java.util.List;

/** What must hold of every policy file: an engine, or problems that say where they stand. */
public final class PolicyFuzzer {
  private PolicyFuzzer() {}

  /** Load all that is loaded once, which is nobody's fault. */
  public static void fuzzerInitialize() {
    /* The product runs without assertions: those inside of the reader of TOML are not its own. */
    PolicyFuzzer.class.getClassLoader().setPackageAssertionStatus("org.tomlj", false);
    LoadedPolicy unused = PolicyLoader.load(List.of());
  }

  /** Try one input. */
  public static void fuzzerTestOneInput(FuzzedDataProvider data) {
    String text = data.consumeRemainingAsString();
    LoadedPolicy loaded =
        PolicyLoader.load(List.of(new PolicySource(Layer.USER, "policy.toml", text)));
    for (PolicyProblem problem : loaded.problems()) {
      if (problem.line() < 1 || problem.column() < 1 || problem.message().isBlank()) {
        throw new IllegalStateException("badly located: " + problem);
      }
    }
  }
}
