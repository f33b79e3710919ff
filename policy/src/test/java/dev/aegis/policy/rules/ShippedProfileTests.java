package dev.aegis.policy.rules;

import static dev.aegis.policy.Operations.execute;
import static dev.aegis.policy.Operations.read;
import static dev.aegis.policy.Operations.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.policy.PolicyEngine;
import dev.aegis.policy.ScriptedSurroundings;
import dev.aegis.policy.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The profiles beside {@code standard}. */
class ShippedProfileTests {
  private final ScriptedSurroundings world = new ScriptedSurroundings();

  @ParameterizedTest
  @ValueSource(strings = {"standard", "strict", "observe"})
  void all_load_and_none_narrows_the_baseline(String name) {
    LoadedPolicy loaded = PolicyLoader.load(List.of(PolicyLoader.profile(name)));
    assertThat(loaded.problems()).isEmpty();
    assertThat(loaded.orDenyAll().narrowsBaseline()).isFalse();
  }

  @Test
  void observe_lets_nearly_everything_pass() {
    PolicyEngine engine = Policies.engine(Policies.user("[policy]\nextends = \"observe\"\n"));
    assertThat(engine.decide(execute("git", "push", "-f"), "/bin/sh", world).verdict())
        .isEqualTo(Verdict.ALLOW);
    assertThat(engine.decide(read("/proc/4711/mem"), "/bin/sh", world).verdict())
        .isEqualTo(Verdict.DENY);
  }

  @Test
  void strict_asks_before_writing_to_the_workspace() {
    PolicyEngine engine = Policies.engine(Policies.user("[policy]\nextends = \"strict\"\n"));
    String file = ScriptedSurroundings.WORKSPACE + "/a";
    assertThat(engine.decide(read(file), "/bin/sh", world).verdict()).isEqualTo(Verdict.ALLOW);
    assertThat(engine.decide(write(file), "/bin/sh", world).verdict())
        .isEqualTo(Verdict.REQUIRE_APPROVAL);
    assertThat(engine.decide(execute("git", "push", "-f"), "/bin/sh", world).verdict())
        .isEqualTo(Verdict.DENY);
  }
}
