package dev.aegis.interception;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The suites under {@code src/test/c}: each component's {@code run.sh SOURCES OUTPUT} is one test
 * that fails with what the suite printed.
 */
class NativeTests {
  private static final Path SUITES = Path.of("src/test/c").toAbsolutePath();
  private static final Path SOURCES = Path.of("src/main/c").toAbsolutePath();
  private static final Path OUTPUT = Path.of("target/native/linux-x86_64").toAbsolutePath();
  private static final Duration LIMIT = Duration.ofMinutes(5);

  /** They wait for time-outs and each other's answers more than they work. */
  private static final int AT_ONCE = 3;

  private final ExecutorService runners = Executors.newFixedThreadPool(AT_ONCE);

  @AfterEach
  void endRunners() {
    runners.shutdownNow();
  }

  @TestFactory
  Stream<DynamicTest> suites_of_the_native_side_pass() throws IOException {
    List<Path> scripts;
    try (Stream<Path> components = Files.list(SUITES)) {
      scripts =
          components.map(c -> c.resolve("run.sh")).filter(Files::isRegularFile).sorted().toList();
    }
    Map<Path, Future<?>> running = new LinkedHashMap<>();
    scripts.forEach(script -> running.put(script, runners.submit(() -> run(script))));
    return scripts.stream()
        .map(s -> DynamicTest.dynamicTest(nameOf(s), () -> outcome(running.get(s))));
  }

  private static String nameOf(Path script) {
    return script.getParent().getFileName().toString();
  }

  private static void outcome(Future<?> run) throws Throwable {
    try {
      run.get();
    } catch (ExecutionException failed) {
      throw failed.getCause();
    }
  }

  private static Void run(Path script) throws IOException, InterruptedException {
    Path log = Files.createTempFile("aegis-native-", ".log");
    try {
      Process suite =
          new ProcessBuilder("sh", script.toString(), SOURCES.toString(), OUTPUT.toString())
              .redirectErrorStream(true)
              .redirectInput(Path.of("/dev/null").toFile())
              .redirectOutput(log.toFile())
              .start();
      boolean ended = suite.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
      if (!ended) {
        suite.descendants().forEach(ProcessHandle::destroyForcibly);
        suite.destroyForcibly().waitFor();
      }
      String output = new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
      assertThat(ended).as("%s ends within %s%n%s", script, LIMIT, output).isTrue();
      assertThat(suite.exitValue()).as("%s%n%s", script, output).isZero();
      return null;
    } finally {
      Files.delete(log);
    }
  }
}
