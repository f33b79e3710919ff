package dev.aegis.policy.rules;

import static dev.aegis.policy.ScriptedSurroundings.WORKSPACE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.operation.Operation;
import dev.aegis.policy.Operations;
import dev.aegis.policy.PolicyEngine;
import dev.aegis.policy.ScriptedSurroundings;
import dev.aegis.policy.Verdict;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * What a decision costs. The bounds are wide enough for a loaded machine and narrow enough to catch
 * an automaton that runs where a look at the name would do.
 */
class DecisionCostTests {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private final PolicyEngine engine = Policies.engine();

  @Test
  void a_file_is_decided_in_microseconds() {
    ScriptedSurroundings world = new ScriptedSurroundings();
    String path = WORKSPACE + "/node_modules/@scope/package/dist/esm/internal/index.js";
    assertThat(medianNanos(Operations.read(path), world)).isLessThan(40_000);
    assertThat(medianNanos(Operations.write(path), world)).isLessThan(40_000);
  }

  @Test
  void a_command_is_decided_in_a_fraction_of_a_millisecond() {
    ScriptedSurroundings world = new ScriptedSurroundings();
    Operation command =
        Operations.execute(
            "bash", "-c", "cd src && make -j4 all 2>&1 | tee log.txt && git status --short");
    assertThat(medianNanos(command, world)).isLessThan(1_000_000);
  }

  /** What this thread used: what else the machine does costs no decision anything. */
  private double medianNanos(Operation operation, ScriptedSurroundings world) {
    for (int i = 0; i < 20_000; i++) {
      assertThat(engine.decide(operation, "/usr/bin/node", world).verdict())
          .isEqualTo(Verdict.ALLOW);
    }
    long[] times = new long[200];
    for (int i = 0; i < times.length; i++) {
      long start = THREADS.getCurrentThreadCpuTime();
      for (int n = 0; n < 10; n++) {
        engine.decide(operation, "/usr/bin/node", world);
      }
      times[i] = (THREADS.getCurrentThreadCpuTime() - start) / 10;
    }
    Arrays.sort(times);
    return times[times.length / 2];
  }
}
