package dev.aegis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyCommandTests {

  @TempDir private Path home;

  private Run policy(String... words) {
    String[] arguments = new String[words.length + 1];
    arguments[0] = "policy";
    System.arraycopy(words, 0, arguments, 1, words.length);
    return Run.aegis(Run.home(home), arguments);
  }

  private Path workspace() throws IOException {
    return Files.createDirectories(home.resolve("project"));
  }

  @Test
  void what_is_allowed_ends_with_0_and_what_is_not_with_6() throws IOException {
    String cwd = workspace().toString();
    assertThat(policy("check", "--cwd", cwd, "--", "npm test").exitCode()).isZero();
    Run asked = policy("check", "--cwd", cwd, "--", "git", "push", "--force");
    assertThat(asked.exitCode()).isEqualTo(ExitCode.SECURITY);
    assertThat(asked.out()).startsWith("require_approval by rule force-push");
  }

  @Test
  void the_file_system_is_looked_at() throws IOException {
    Path workspace = workspace();
    Files.writeString(workspace.resolve("notes"), "precious");
    Files.createDirectories(workspace.resolve("src"));
    String cwd = workspace.toString();
    assertThat(policy("check", "--cwd", cwd, "--", "rm notes").exitCode())
        .as("not in git, so it cannot be taken back")
        .isEqualTo(ExitCode.SECURITY);
    assertThat(policy("check", "--cwd", cwd, "--", "rm absent").exitCode()).isZero();
    assertThat(policy("check", "--cwd", cwd, "--", "rm -r src").exitCode())
        .isEqualTo(ExitCode.SECURITY);
    assertThat(workspace.resolve("notes")).exists();
  }

  @Test
  void a_batch_answers_in_order_and_names_what_it_does_not_understand() throws IOException {
    Path batch = home.resolve("batch.jsonl");
    Files.write(
        batch,
        List.of(
            "{\"id\":1,\"command\":\"ls\",\"cwd\":\"" + workspace() + "\"}",
            "{\"id\":\"b\",\"argv\":[\"rm\",\"-rf\",\"/\"]}",
            "{\"id\":\"c\",\"tool\":\"read_file\",\"path\":\"~/.ssh/id_rsa\"}",
            "{\"id\":\"d\",\"comand\":\"ls\"}"));
    Run run = policy("check", "--batch", batch.toString());
    assertThat(run.out().lines())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("{\"id\":1,\"verdict\":\"allow\""),
            line -> assertThat(line).startsWith("{\"id\":\"b\",\"verdict\":\"require_approval\""),
            line -> assertThat(line).contains("\"id\":\"c\"", "secret.read.key"),
            line -> assertThat(line).contains("\"id\":\"d\"", "deny", "unknown key", "comand"));
    assertThat(run.exitCode()).isEqualTo(ExitCode.GENERAL);
  }

  @Test
  void a_broken_policy_is_a_configuration_error_with_line_and_column() throws IOException {
    Path file = home.resolve("mine.toml");
    Files.writeString(file, "[policy]\ndefault_acton = \"deny\"\n");
    Run run = policy("test", "--policy", file.toString());
    assertThat(run.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(run.err()).contains("mine.toml:2:1", "default_action");
  }

  @Test
  void lint_names_rules_that_never_speak() throws IOException {
    Path file = home.resolve("mine.toml");
    Files.writeString(
        file,
        """
        [[policy.rules]]
        name = "all-of-git"
        match = { tool = "bash", category = "git" }
        action = "require_approval"
        priority = 1

        [[policy.rules]]
        name = "pushes"
        match = { tool = "bash", category = "git.push" }
        action = "deny"
        priority = 2
        """);
    Run run = policy("lint", "--policy", file.toString());
    assertThat(run.out()).contains("mine.toml:7:1", "\"pushes\" never speaks", "\"all-of-git\"");
    assertThat(run.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
  }

  @Test
  void explain_shows_what_is_inside() throws IOException {
    Run run = policy("explain", "--cwd", workspace().toString(), "--", "sudo sh -c 'rm -rf $HOME'");
    assertThat(run.out()).contains("privilege.escalate", "file.delete.root");
  }

  @Test
  void a_project_tightens_what_is_checked_in_it_and_allows_once_it_is_trusted() throws IOException {
    Path workspace = workspace();
    Path file = Files.createDirectory(workspace.resolve(".aegis")).resolve("policy.toml");
    Files.writeString(
        file,
        """
        [[policy.rules]]
        name = "no-make"
        match = { program = "make" }
        action = "deny"

        [[policy.rules]]
        name = "pushes"
        match = { tool = "bash", category = "git.force_push" }
        action = "allow"
        """);
    String cwd = workspace.toString();
    assertThat(policy("check", "--cwd", cwd, "--", "make all").out()).contains("rule no-make");
    assertThat(policy("check", "--cwd", cwd, "--", "git push -f").exitCode())
        .isEqualTo(ExitCode.SECURITY);
    assertThat(policy("lint", "--cwd", cwd).out()).contains("\"pushes\" never speaks");

    assertThat(policy("trust", cwd).out()).contains("trusted as it stands now", "1 rules that");
    assertThat(policy("check", "--cwd", cwd, "--", "git push -f").exitCode()).isZero();
    assertThat(policy("list", "--cwd", cwd).out()).contains("trusted project");

    Files.writeString(file, Files.readString(file) + "\n");
    assertThat(policy("check", "--cwd", cwd, "--", "git push -f").exitCode())
        .as("trust is in the text")
        .isEqualTo(ExitCode.SECURITY);
    assertThat(policy("trust", "--revoke", cwd).out()).contains("trusted no longer");
    assertThat(policy("trust", "--revoke", cwd).out()).contains("was not trusted");
  }

  @Test
  void a_broken_or_absent_project_policy_cannot_be_trusted() throws IOException {
    Path workspace = workspace();
    assertThat(policy("trust", workspace.toString()).exitCode()).isEqualTo(ExitCode.GENERAL);
    Path file = Files.createDirectory(workspace.resolve(".aegis")).resolve("policy.toml");
    Files.writeString(file, "[policy]\ndefault = 1\n");
    Run run = policy("trust", workspace.toString());
    assertThat(run.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(run.err()).contains(file + ":2:1");
  }
}
