package dev.aegis.distribution;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * A distribution whose command is a small program of a test, started through the real start script.
 *
 * @param script {@code bin/aegis} of it
 * @param home its directory
 */
record Probe(Path script, Path home) {

  private static final Path REAL_SCRIPT = Path.of("src/main/dist/bin/aegis");

  record Outcome(int status, String output, String errors) {}

  /** Lay it out in a directory, with the body of {@code main(String[] args)}. */
  static Probe in(Path directory, String body) throws IOException {
    Path source = directory.resolve("source/dev/aegis/cli/Main.java");
    Path classes = directory.resolve("classes");
    Files.createDirectories(source.getParent());
    Files.createDirectories(classes);
    Files.writeString(
        source,
        """
        package dev.aegis.cli;
        public class Main {
          public static void main(String[] args) throws Exception {
            %s
          }
        }
        """
            .formatted(body),
        StandardCharsets.UTF_8);
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "--release", "17", "-d", classes.toString(), source.toString());
    if (failed != 0) {
      throw new IllegalArgumentException("the probe does not compile: " + body);
    }
    Path dist = Files.createDirectories(directory.resolve("a dist"));
    Files.createDirectories(dist.resolve("lib"));
    Files.createDirectories(dist.resolve("bin"));
    pack(classes, dist.resolve("lib/probe.jar"));
    Path script = Files.copy(REAL_SCRIPT, dist.resolve("bin/aegis"));
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    return new Probe(script, dist);
  }

  private static void pack(Path classes, Path jar) throws IOException {
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file);
        Stream<Path> files = Files.walk(classes)) {
      for (Path entry : files.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(new JarEntry(classes.relativize(entry).toString()));
        Files.copy(entry, out);
      }
    }
  }

  /** A shell command line in which {@code $AEGIS} is the script, with variables added. */
  ProcessBuilder shell(String command, Map<String, String> variables) {
    ProcessBuilder builder = new ProcessBuilder(List.of("bash", "-c", command));
    builder.environment().put("AEGIS", script.toString());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(variables);
    return builder;
  }

  Outcome run(String command, Map<String, String> variables)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile(home, "output", "");
    Path errors = Files.createTempFile(home, "errors", "");
    Process process =
        shell(command, variables)
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile())
            .start();
    if (!process.waitFor(1, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new IllegalStateException("did not end: " + command);
    }
    return new Outcome(
        process.exitValue(),
        Files.readString(output, StandardCharsets.UTF_8),
        Files.readString(errors, StandardCharsets.UTF_8));
  }
}
