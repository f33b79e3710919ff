package dev.aegis.measure;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import dev.aegis.policy.Decision;
import dev.aegis.policy.PolicyEngine;
import dev.aegis.policy.command.CommandLine;
import dev.aegis.policy.command.Quoting;
import dev.aegis.policy.rules.ImaginarySurroundings;
import dev.aegis.policy.rules.PolicyLoader;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What must hold of every command line: it is judged without an exception and in bounded time, and
 * what was quoted reads back as it was.
 *
 * <p>The first byte says what the rest is: a shell text that is foreseen, one that will really run,
 * or words to be quoted.
 */
public final class CommandFuzzer {
  /* Of the processor, not of the clock: a fuzzer shares its machine. */
  private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(3);
  private static final int MOST_WORDS = 20;
  private static final PolicyEngine ENGINE = PolicyLoader.load(List.of()).engine().orElseThrow();

  private CommandFuzzer() {}

  /** Load all that is loaded once, which is nobody's fault. */
  public static void fuzzerInitialize() {
    judge("true | cat", true);
  }

  /** Try one input. */
  public static void fuzzerTestOneInput(FuzzedDataProvider data) {
    long start = processorTime();
    switch (data.consumeInt(0, 2)) {
      case 0 -> judge(data.consumeRemainingAsString(), true);
      case 1 -> judge(data.consumeRemainingAsString(), false);
      default -> quote(data);
    }
    long took = processorTime() - start;
    if (took > MOST_NANOS) {
      throw new IllegalStateException("took " + TimeUnit.NANOSECONDS.toMillis(took) + " ms");
    }
  }

  private static void judge(String text, boolean foresees) {
    Decision decision =
        ENGINE.decide(
            Commands.shell(text),
            "/bin/bash",
            foresees ? ImaginarySurroundings.foreseeing() : ImaginarySurroundings.acting());
    if (decision.steps().isEmpty()) {
      throw new IllegalStateException("a decision without a step");
    }
  }

  private static void quote(FuzzedDataProvider data) {
    List<String> words = new ArrayList<>(List.of("a"));
    while (data.remainingBytes() > 0 && words.size() < MOST_WORDS) {
      /* No argument of a process holds a zero. */
      words.add(data.consumeString(200).replace("\0", ""));
    }
    String line = Quoting.quote(words);
    Optional<List<String>> read = CommandLine.words(line);
    if (!read.equals(Optional.of(words))) {
      throw new IllegalStateException(words + " is quoted as " + line + " and read as " + read);
    }
  }

  private static long processorTime() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
