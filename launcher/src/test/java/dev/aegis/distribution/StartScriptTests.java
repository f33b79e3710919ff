package dev.aegis.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code bin/aegis} makes sure of before the first class is loaded, tried as an attacker
 * would.
 */
class StartScriptTests {

  private static final String PRINT_ARGUMENTS =
      "for (String a : args) System.out.println(\"<\" + a + \">\");";
  private static final String PRINT_USERS_ENVIRONMENT =
      """
      var from = java.nio.file.Path.of("/proc/self/fd/" + System.getenv("AEGIS_USER_ENVIRONMENT"));
      try (var in = java.nio.file.Files.newInputStream(from)) {
        System.out.write(java.util.Base64.getMimeDecoder().decode(in.readAllBytes()));
        System.out.flush();
      }
      """;

  @TempDir Path directory;

  @Test
  void arguments_arrive_as_they_were_whatever_the_locale() throws Exception {
    Probe probe = Probe.in(directory, PRINT_ARGUMENTS);

    Probe.Outcome outcome = probe.run("\"$AEGIS\" 'a  b' '' é '*'", Map.of("LC_ALL", "C"));

    assertThat(outcome.output()).isEqualTo("<a  b>\n<>\n<é>\n<*>\n");
    assertThat(outcome.errors()).isEmpty();
  }

  @Test
  void the_exit_status_is_the_commands() throws Exception {
    assertThat(Probe.in(directory, "System.exit(7);").run("\"$AEGIS\"", Map.of()).status())
        .isEqualTo(7);
  }

  @Test
  void it_finds_itself_through_symbolic_links_and_on_path() throws Exception {
    Probe probe =
        Probe.in(directory, "System.out.println(System.getProperty(\"aegis.distribution\"));");
    Files.createSymbolicLink(directory.resolve("one"), probe.script());
    Path bin = Files.createDirectory(directory.resolve("bin"));
    Files.createSymbolicLink(bin.resolve("aegis"), Path.of("../one"));
    String expected = probe.home().toRealPath() + "\n";

    assertThat(probe.run("cd / && PATH=" + bin + ":$PATH aegis", Map.of()).output())
        .isEqualTo(expected);
    assertThat(probe.run("cd " + directory + " && ./one", Map.of()).output()).isEqualTo(expected);
  }

  @Test
  void variables_that_load_code_into_a_jvm_have_no_effect() throws Exception {
    Probe probe =
        Probe.in(directory, "System.out.println(System.getProperty(\"injected\", \"clean\"));");
    String option = "-Dinjected=yes";

    Probe.Outcome outcome =
        probe.run(
            "\"$AEGIS\"",
            Map.of(
                "JAVA_TOOL_OPTIONS", option, "_JAVA_OPTIONS", option, "JDK_JAVA_OPTIONS", option));

    assertThat(outcome.output()).isEqualTo("clean\n");
    assertThat(outcome.errors()).isEmpty();
  }

  @Test
  void variables_of_the_loader_do_not_reach_the_jvm() throws Exception {
    Probe probe =
        Probe.in(
            directory,
            "System.getenv().keySet().stream().filter(k -> k.startsWith(\"LD_\"))"
                + ".forEach(System.out::println);");

    Probe.Outcome outcome =
        probe.run("\"$AEGIS\"", Map.of("LD_LIBRARY_PATH", "/tmp", "LD_BIND_NOW", "1"));

    assertThat(outcome.output()).isEmpty();
  }

  @Test
  void nobody_can_attach_to_the_jvm() throws Exception {
    Probe probe =
        Probe.in(
            directory,
            "System.out.println(ProcessHandle.current().pid()); System.out.flush(); System.in.read();");
    Process process = probe.shell("exec \"$AEGIS\"", Map.of()).start();
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      String pid = output.readLine();

      assertThatThrownBy(() -> VirtualMachine.attach(pid))
          .isInstanceOf(AttachNotSupportedException.class);
      assertThat(Path.of("/tmp/hsperfdata_" + System.getProperty("user.name"), pid)).doesNotExist();
    } finally {
      process.destroy();
      process.waitFor();
    }
  }

  @Test
  void the_users_environment_is_handed_over_byte_for_byte() throws Exception {
    Probe probe = Probe.in(directory, PRINT_USERS_ENVIRONMENT);

    Probe.Outcome outcome =
        probe.run(
            "f() { echo; }; export -f f; LD_LIBRARY_PATH=/here LINES_='a\nb' \"$AEGIS\" wrap",
            Map.of("JAVA_TOOL_OPTIONS", "-Dtheirs=1", "LC_ALL", "C"));

    assertThat(outcome.output().split("\0"))
        .contains(
            "LD_LIBRARY_PATH=/here", "LINES_=a\nb", "JAVA_TOOL_OPTIONS=-Dtheirs=1", "LC_ALL=C")
        .anyMatch(entry -> entry.startsWith("BASH_FUNC_f%%=()"))
        .noneMatch(entry -> entry.startsWith("AEGIS_USER_"));
  }

  @Test
  void a_large_environment_is_handed_over_too() throws Exception {
    Probe probe = Probe.in(directory, PRINT_USERS_ENVIRONMENT);

    Probe.Outcome outcome =
        probe.run("\"$AEGIS\" wrap", Map.of("LARGE", "x".repeat(120_000), "ALSO", "y"));

    assertThat(outcome.output().split("\0")).contains("LARGE=" + "x".repeat(120_000), "ALSO=y");
  }

  @Test
  void ignored_signals_and_open_descriptors_are_noted() throws Exception {
    Probe probe =
        Probe.in(
            directory,
            """
            System.out.println(System.getenv("AEGIS_USER_SIGNALS"));
            System.out.println(System.getenv("AEGIS_USER_DESCRIPTORS"));
            """);

    Probe.Outcome outcome =
        probe.run(
            "for fd in /proc/$$/fd/*; do n=${fd##*/}; [ $n -lt 3 ] || eval \"exec $n<&-\"; done;"
                + " trap '' HUP; \"$AEGIS\" wrap 5</dev/null 7</dev/null",
            Map.of());

    assertThat(outcome.output()).matches("[0-9a-f]{15}[13579bdf]:[0-9a-f]{16}\\n5,7\\n");
  }

  @Test
  void a_java_that_is_too_old_is_passed_over() throws Exception {
    Probe probe = Probe.in(directory, "System.out.println(Runtime.version().feature() >= 17);");
    Path old = Files.createDirectories(directory.resolve("old/bin")).getParent();
    Files.createSymbolicLink(old.resolve("bin/java"), Path.of("/bin/false"));
    Files.writeString(old.resolve("release"), "JAVA_VERSION=\"11.0.2\"\n", StandardCharsets.UTF_8);
    String newer = Path.of(System.getProperty("java.home"), "bin").toString();

    Probe.Outcome outcome =
        probe.run("PATH=" + newer + ":$PATH \"$AEGIS\"", Map.of("JAVA_HOME", old.toString()));

    assertThat(outcome.output()).isEqualTo("true\n");
  }
}
