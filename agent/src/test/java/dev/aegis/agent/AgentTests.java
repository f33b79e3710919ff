package dev.aegis.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Starts every JVM of this machine from 17 up with the agent. */
class AgentTests {
  private static final Path INSTALLED = Path.of("/usr/lib/jvm");
  private static final Path CLASSES = Path.of("target/classes").toAbsolutePath();

  @TempDir static Path directory;
  private static Path jar;

  /* The manifest of the module's own jar, around its own classes. */
  @BeforeAll
  static void pack_the_agent() throws IOException {
    Manifest manifest = new Manifest();
    try (var in = Files.newInputStream(Path.of("src/main/manifest/MANIFEST.MF"))) {
      manifest.read(in);
    }
    assertThat(manifest.getMainAttributes()).containsKey(new Attributes.Name("Premain-Class"));
    jar = directory.resolve("aegis-agent.jar");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest);
        Stream<Path> classes = Files.walk(CLASSES)) {
      for (Path entry : classes.filter(Files::isRegularFile).toList()) {
        String name = CLASSES.relativize(entry).toString();
        if (!name.equals("META-INF/MANIFEST.MF")) {
          out.putNextEntry(new ZipEntry(name));
          Files.copy(entry, out);
        }
      }
    }
  }

  static List<Path> javas() throws IOException {
    Set<Path> homes = new TreeSet<>();
    homes.add(Path.of(System.getProperty("java.home")).toRealPath());
    if (Files.isDirectory(INSTALLED)) {
      try (Stream<Path> installed = Files.list(INSTALLED)) {
        installed.filter(AgentTests::isSupported).map(AgentTests::real).forEach(homes::add);
      }
    }
    return homes.stream().map(home -> home.resolve("bin/java")).toList();
  }

  @ParameterizedTest
  @MethodSource("javas")
  void a_program_runs_with_it_as_without_it(Path java) throws Exception {
    Outcome outcome = run(java, "-javaagent:" + jar);

    assertThat(outcome.output()).isEqualTo("program ran\n");
    assertThat(outcome.status()).isZero();
  }

  @ParameterizedTest
  @MethodSource("javas")
  void an_unknown_option_keeps_the_program_from_starting(Path java) throws Exception {
    Outcome outcome = run(java, "-javaagent:" + jar + "=mode=off");

    assertThat(outcome.status()).isNotZero();
    assertThat(outcome.output())
        .contains("aegis-agent: unknown option 'mode=off'")
        .doesNotContain("program ran");
  }

  private record Outcome(int status, String output) {}

  private static Outcome run(Path java, String agent) throws IOException, InterruptedException {
    Path output = Files.createTempFile(directory, "output", ".txt");
    Process process =
        new ProcessBuilder(
                java.toString(), agent, "-cp", "target/test-classes", Program.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return new Outcome(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
  }

  private static Path real(Path home) {
    try {
      return home.toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isSupported(Path home) {
    Path release = home.resolve("release");
    try {
      return Files.isExecutable(home.resolve("bin/java"))
          && Files.isReadable(release)
          && Files.readAllLines(release, StandardCharsets.UTF_8).stream()
              .filter(line -> line.startsWith("JAVA_VERSION="))
              .anyMatch(line -> Runtime.Version.parse(line.split("\"", 3)[1]).feature() >= 17);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
