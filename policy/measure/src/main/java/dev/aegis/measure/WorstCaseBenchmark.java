package dev.aegis.measure;

import dev.aegis.policy.Decision;
import dev.aegis.policy.PolicyEngine;
import dev.aegis.policy.rules.ImaginarySurroundings;
import dev.aegis.policy.rules.Layer;
import dev.aegis.policy.rules.PolicyLoader;
import dev.aegis.policy.rules.PolicySource;
import java.util.List;
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

/** The longest that text made to be slow can take, with rules made to be slow. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 2)
public class WorstCaseBenchmark {
  private static final String RULES =
      """
      [[policy.rules]]
      name = "exponential elsewhere"
      match = { tool = "bash", command_pattern = "(a*)*(a|a)*(a+)+b$" }
      action = "deny"
      [[policy.rules]]
      name = "quadratic elsewhere"
      match = { command_pattern = "(x+x+)+y|.*.*.*=.*" }
      action = "deny"
      """;
  private static final PolicyEngine ENGINE =
      PolicyLoader.load(List.of(new PolicySource(Layer.USER, "policy.toml", RULES)))
          .engine()
          .orElseThrow();

  @Param({"letters", "megabyte", "quotes", "substitutions", "lists", "loops", "decoding"})
  private String kind;

  private String line;

  /** Make the text. */
  @Setup
  public void make() {
    line =
        switch (kind) {
          case "letters" -> "echo " + "a".repeat(100_000);
          case "megabyte" -> "echo " + "word \"quoted $x\" ".repeat(62_500);
          case "quotes" -> "sh -c " + "'\"'\"'".repeat(20_000);
          case "substitutions" -> "echo " + "\"$(".repeat(10_000);
          case "lists" -> "a && b | c; ".repeat(20_000);
          case "loops" ->
              "for a in 1 2 3 4 5 6 7 8 9;do ".repeat(12) + "rm $a" + ";done".repeat(12);
          default -> "x=YWFh;".repeat(500) + "echo $x | base64 -d | sh; ".repeat(500);
        };
  }

  /** Decide. */
  @Benchmark
  public Decision decision() {
    return ENGINE.decide(Commands.shell(line), "/usr/bin/node", ImaginarySurroundings.foreseeing());
  }
}
