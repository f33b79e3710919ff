package dev.aegis.measure;

import dev.aegis.operation.Operation;
import dev.aegis.operation.OperationKind;
import dev.aegis.policy.Decision;
import dev.aegis.policy.PolicyEngine;
import dev.aegis.policy.Surroundings;
import dev.aegis.policy.rules.ImaginarySurroundings;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a decision costs, for policies of very different sizes above the profile. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 1)
public class DecisionBenchmark {
  private static final String SOURCE =
      ImaginarySurroundings.WORKSPACE + "/node_modules/@scope/package/dist/esm/index.js";

  @Param({"10", "1000", "10000"})
  private int rules;

  private final Surroundings surroundings = ImaginarySurroundings.acting();
  private final Operation read = file(OperationKind.READ_FILE, SOURCE, 0);
  private final Operation write =
      file(OperationKind.WRITE_FILE, ImaginarySurroundings.WORKSPACE + "/src/main.c", 0101);
  private final Operation command = Commands.program(List.of("git", "status", "--short"));
  private PolicyEngine engine;

  /** Load the policy. */
  @Setup
  public void load() {
    engine = ManyRules.engine(rules);
  }

  private static Operation file(OperationKind kind, String path, int flags) {
    return new Operation.FileAccess(
        kind,
        "openat",
        path,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        flags,
        0);
  }

  /** Decide on a read. */
  @Benchmark
  public Decision read() {
    return engine.decide(read, "/usr/bin/node", surroundings);
  }

  /** Decide on a write. */
  @Benchmark
  public Decision write() {
    return engine.decide(write, "/usr/bin/node", surroundings);
  }

  /** Decide on the start of a program. */
  @Benchmark
  public Decision command() {
    return engine.decide(command, "/usr/bin/bash", surroundings);
  }
}
