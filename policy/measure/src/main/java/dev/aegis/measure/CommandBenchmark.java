package dev.aegis.measure;

import dev.aegis.policy.Decision;
import dev.aegis.policy.PolicyEngine;
import dev.aegis.policy.command.CommandPlan;
import dev.aegis.policy.command.CommandPlanner;
import dev.aegis.policy.rules.ImaginarySurroundings;
import dev.aegis.policy.rules.PolicyLoader;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What ordinary command lines cost: the plan alone, and the whole decision. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 1)
public class CommandBenchmark {
  private static final PolicyEngine ENGINE = PolicyLoader.load(List.of()).engine().orElseThrow();

  @Param({
    "npm test",
    "cd src && make -j4 all 2>&1 | tee log.txt && git status --short",
    "git add -A && git commit -m \"fix: don't rm -rf \\$HOME\" && git push origin HEAD",
    "for f in src/*.c; do gcc -O2 -c \"$f\" -o \"build/$(basename \"$f\" .c).o\" || exit 1; done",
    "python3 -c 'import json,sys; print(json.load(sys.stdin)[\"name\"])' < package.json"
  })
  private String line;

  /** Plan. */
  @Benchmark
  public CommandPlan plan() {
    return CommandPlanner.script(
        line, ImaginarySurroundings.WORKSPACE, Map.of("HOME", ImaginarySurroundings.HOME));
  }

  /** Plan, understand, rule. */
  @Benchmark
  public Decision decision() {
    return ENGINE.decide(Commands.shell(line), "/usr/bin/node", ImaginarySurroundings.foreseeing());
  }
}
