package dev.aegis.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Programs that try to get a system call past the trap, dynamic and static ones: what a rule
 * protects is still there, but for the ways that the threat model names.
 */
class BypassTests {

  private static final String POLICY =
      """
      [policy]
      extends = "none"
      default_action = "allow"

      [[policy.rules]]
      name = "canaries"
      match = { tool = ["delete_file", "move_file"], path_glob = "**/canaries/*" }
      action = "deny"

      [[policy.rules]]
      name = "memory"
      match = { category = "trace.attach" }
      action = "deny"

      [[policy.rules]]
      name = "hold"
      match = { tool = "bash", command_pattern = "^rm -rf held" }
      action = "require_approval"
      """;

  /* Each program's line: its kind, the attack, whether the file stayed, what was printed. */
  private static final String SCRIPT =
      """
      export L=$(sed -n 's/^PPid:\\t//p' /proc/$PPID/status)
      one() {
        mkdir -p canaries held
        echo x > canaries/$1-$2
        out=$(timeout -s KILL 20 ./$1 $2 "$PWD/canaries/$1-$2" 2>&1 < /dev/null | tr '\\n' ' ' | tail -c 200)
        test -e canaries/$1-$2 && end=stays || end=gone
        echo "<$1 $2 $end> $out"
      }
      export -f one
      for kind in dynamic static; do
        ./$kind --list | xargs -P 4 -I {} bash -c 'one "$@"' one $kind {}
      done
      """;

  /*
   * See the threat model: a jump to code that is exempt, found by scanning; what a tracer does to
   * its tracee; what a descriptor leads to whose mount is gone.
   */
  private static final Set<String> KNOWN =
      Set.of(
          "dynamic borrowed",
          "dynamic restarted",
          "dynamic traced-other",
          "dynamic traced-text",
          "dynamic left-behind",
          "static left-behind");

  private static final Set<String> KNOWN_IN_FULL =
      Set.of("dynamic borrowed", "dynamic restarted", "dynamic left-behind", "static left-behind");

  private static final List<String> SOURCES =
      List.of(
          "bypass.h",
          "calls.c",
          "children.c",
          "main.c",
          "memory.c",
          "names.c",
          "programs.c",
          "signals.c",
          "tracers.c");

  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private static Product product;
  private static List<String> inside;
  private static List<String> full;
  private static List<String> outside;

  @BeforeAll
  static void attack() throws Exception {
    Programs.require("cc", "timeout");
    product = new Product().policy(POLICY);
    Path compiled = compile(product.workspace("compiled"));
    Path workspace = product.workspace("project");
    inside = lines(product.wrap(workspace, "bash", prepared(workspace, compiled).toString()));
    Path whole = product.workspace("whole");
    full =
        lines(
            product.wrap(
                whole, "--supervision", "full", "bash", prepared(whole, compiled).toString()));
    Path control = product.workspace("control");
    outside =
        lines(
            Running.start(
                control,
                Map.copyOf(product.environment()),
                Path.of("/bin/bash"),
                prepared(control, compiled).toString()));
  }

  @AfterAll
  static void stop() throws Exception {
    product.close();
  }

  private static Path compile(Path directory) throws Exception {
    for (String name : SOURCES) {
      AttackScript.helper(Files.createDirectories(directory.resolve("bypass")), "bypass", name);
    }
    for (String kind : List.of("dynamic", "static")) {
      String linking = kind.equals("static") ? "-static" : "-pie";
      Process cc =
          new ProcessBuilder(
                  "bash", "-c", "cc -O1 " + linking + " -o " + kind + " bypass/*.c -lpthread")
              .directory(directory.toFile())
              .inheritIO()
              .start();
      assertThat(cc.waitFor()).isZero();
    }
    return directory;
  }

  private static Path prepared(Path directory, Path compiled) throws Exception {
    for (String kind : List.of("dynamic", "static")) {
      Files.copy(
          compiled.resolve(kind), directory.resolve(kind), StandardCopyOption.COPY_ATTRIBUTES);
    }
    return Files.writeString(directory.resolve("attacks.sh"), SCRIPT);
  }

  private static List<String> lines(Running script) throws Exception {
    await().atMost(PATIENCE).until(() -> !script.isAlive());
    return script.out().lines().filter(line -> line.startsWith("<")).toList();
  }

  private static Set<String> thatWorked(Stream<String> lines) {
    Set<String> worked = new HashSet<>();
    lines
        .filter(line -> line.contains(" gone>") || line.contains(Attack.SUCCEEDED))
        .map(line -> line.substring(1).split(" ", 3))
        .forEach(words -> worked.add(words[0] + " " + words[1]));
    return worked;
  }

  @Test
  void inside_nothing_works_but_what_is_known() {
    assertThat(inside).hasSameSizeAs(outside).hasSizeGreaterThan(140);
    Set<String> worked = thatWorked(inside.stream());
    worked.removeAll(KNOWN);
    assertThat(worked).isEmpty();
  }

  @Test
  void inside_at_level_full_nothing_works_but_what_is_known() {
    assertThat(full).hasSameSizeAs(outside);
    Set<String> worked = thatWorked(full.stream());
    worked.removeAll(KNOWN_IN_FULL);
    assertThat(worked).isEmpty();
  }

  @Test
  void outside_they_work() {
    assertThat(thatWorked(outside.stream()))
        .hasSizeGreaterThan(100)
        .containsAll(
            Arrays.asList(
                "dynamic plain",
                "static plain",
                "dynamic filtered",
                "dynamic traced-other",
                "dynamic own-memory",
                "dynamic attached-over",
                "dynamic detached",
                "static changed-root",
                "dynamic masked-by-suspend",
                "dynamic orphaned",
                "static by-linker"));
  }
}
