package dev.aegis.policy.rules;

import static dev.aegis.policy.Operations.connect;
import static dev.aegis.policy.Operations.execute;
import static dev.aegis.policy.Operations.move;
import static dev.aegis.policy.Operations.read;
import static dev.aegis.policy.Operations.write;
import static dev.aegis.policy.ScriptedSurroundings.HOME;
import static dev.aegis.policy.ScriptedSurroundings.WORKSPACE;
import static dev.aegis.policy.rules.Policies.engine;
import static dev.aegis.policy.rules.Policies.rule;
import static dev.aegis.policy.rules.Policies.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.operation.FileIdentity;
import dev.aegis.operation.Operation;
import dev.aegis.operation.Operation.FileAccess;
import dev.aegis.operation.OperationKind;
import dev.aegis.policy.PolicyEngine;
import dev.aegis.policy.ScriptedSurroundings;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The keys of {@code match}. */
class MatchTests {

  @Test
  void tool_takes_bash_for_execute_and_several_at_once() {
    assertThat(matches("tool = \"bash\"", execute("ls"))).isTrue();
    assertThat(matches("tool = \"execute\"", execute("ls"))).isTrue();
    assertThat(matches("tool = [\"read_file\", \"bash\"]", execute("ls"))).isTrue();
    assertThat(matches("tool = \"read_file\"", execute("ls"))).isFalse();
  }

  @Test
  void all_keys_must_match() {
    String both = "tool = \"read_file\", path_pattern = \"secret\"";
    assertThat(matches(both, read("/a/secret"))).isTrue();
    assertThat(matches(both, write("/a/secret"))).isFalse();
    assertThat(matches(both, read("/a/b"))).isFalse();
  }

  @Test
  void path_pattern_is_searched_anywhere() {
    assertThat(matches("path_pattern = \"cre\"", read("/a/secret"))).isTrue();
    assertThat(matches("path_pattern = \"^/a/.*t$\"", read("/a/secret"))).isTrue();
    assertThat(matches("path_pattern = \"(?i)SECRET\"", read("/a/secret"))).isTrue();
  }

  @Test
  void path_glob_knows_home_and_workspace() {
    assertThat(matches("path_glob = \"~/.ssh/**\"", read(HOME + "/.ssh/a/b"))).isTrue();
    assertThat(matches("path_glob = \"${home}/*\"", read(HOME + "/a"))).isTrue();
    assertThat(matches("path_glob = \"${home}/*\"", read(HOME + "/a/b"))).isFalse();
    assertThat(matches("path_glob = \"${workspace}/**/*.{c,h}\"", read(WORKSPACE + "/a.c")))
        .isTrue();
    assertThat(matches("path_glob = \"${workspace}/**/*.[ch]\"", read(WORKSPACE + "/a/b/c.h")))
        .isTrue();
    assertThat(matches("path_glob = \"${workspace}/**\"", read(WORKSPACE + "2/a"))).isFalse();
    assertThat(matches("path_glob = \"*.pem\"", read("/a/b.pem"))).isTrue();
    assertThat(matches("path_glob = \"keys/*.pem\"", read("/a/keys/b.pem"))).isTrue();
    assertThat(matches("path_glob = \"keys/*.pem\"", read("/a/monkeys/b.pem"))).isFalse();
  }

  @Test
  void path_looks_at_both_ends_of_a_move() {
    assertThat(matches("tool = \"move_file\", path_glob = \"/b\"", move("/a", "/b"))).isTrue();
    assertThat(matches("tool = \"write_file\", path_glob = \"/b\"", move("/a", "/b"))).isTrue();
    assertThat(matches("tool = \"read_file\", path_glob = \"/a\"", move("/a", "/b"))).isTrue();
  }

  @Test
  void a_strict_rule_sees_the_name_that_was_written_too() {
    FileAccess linked =
        new FileAccess(
            OperationKind.READ_FILE,
            "openat",
            "/data/x",
            Optional.empty(),
            Optional.of(".env"),
            Optional.<FileIdentity>empty(),
            Optional.empty(),
            0,
            0);
    assertThat(matches("path_pattern = \"\\\\.env\"", linked)).isTrue();
    PolicyEngine lenient =
        engine(
            user(
                "[policy]\nextends = \"none\"\n"
                    + rule("r", "path_pattern = \"\\\\.env\"", "allow", 1)));
    assertThat(lenient.decide(linked, "/usr/bin/cat", new ScriptedSurroundings()).rule())
        .isEqualTo("default_action");
  }

  @Test
  void command_pattern_sees_the_quoted_words_and_every_step() {
    assertThat(matches("command_pattern = \"^rm -rf 'a b'$\"", execute("rm", "-rf", "a b")))
        .isTrue();
    assertThat(
            matches("command_pattern = \"^git push\"", execute("bash", "-c", "x; g'i't push -f")))
        .isTrue();
    assertThat(
            matches(
                "command_pattern = \"^git push\"", execute("sudo", "env", "A=b", "git", "push")))
        .isTrue();
  }

  @Test
  void program_and_args() {
    assertThat(matches("program = \"git\"", execute("git", "push"))).isTrue();
    assertThat(matches("program = \"/usr/bin/*\"", execute("git", "push"))).isTrue();
    assertThat(matches("program = \"it\"", execute("git", "push"))).isFalse();
    assertThat(
            matches(
                "program = \"git\", args = [\"push\", \"--f*\"]",
                execute("git", "push", "x", "--force")))
        .isTrue();
    assertThat(matches("args = [\"--force\", \"push\"]", execute("git", "push", "--force")))
        .isFalse();
    assertThat(matches("program = \"bash\"", read("/a"))).isTrue();
  }

  @Test
  void cwd_host_port() {
    assertThat(matches("cwd_glob = \"${workspace}\"", execute("ls"))).isTrue();
    assertThat(matches("cwd_glob = \"/tmp/**\"", execute("ls"))).isFalse();
    assertThat(matches("host_glob = \"10.*\"", connect("10.1.2.3", 80))).isTrue();
    assertThat(matches("host_glob = \"10.*\"", connect("11.1.2.3", 80))).isFalse();
    assertThat(matches("port = 80", connect("10.1.2.3", 80))).isTrue();
    assertThat(matches("port = \"8000-8999\"", connect("10.1.2.3", 8443))).isTrue();
    assertThat(matches("port = 0", execute("ls"))).isFalse();
  }

  @Test
  void category_is_a_family() {
    assertThat(matches("category = \"git\"", execute("git", "push", "-f"))).isTrue();
    assertThat(matches("category = \"git.force_push\"", execute("git", "push", "-f"))).isTrue();
    assertThat(matches("category = \"git.force\"", execute("git", "push", "-f"))).isFalse();
  }

  @Test
  void risk_is_a_tier_or_above() {
    assertThat(matches("risk = \"high\"", execute("sudo", "ls"))).isTrue();
    assertThat(matches("risk = \"critical\"", execute("git", "reset", "--hard"))).isFalse();
  }

  @Test
  void wrapped_and_user() {
    assertThat(matches("wrapped = \"claude\"", execute("ls"))).isTrue();
    assertThat(matches("wrapped = [\"codex\", \"gemini\"]", execute("ls"))).isFalse();
    assertThat(matches("user = \"ada\"", execute("ls"))).isTrue();
    assertThat(matches("user = \"root\"", execute("ls"))).isFalse();
  }

  private static boolean matches(String match, Operation operation) {
    PolicyEngine engine =
        engine(
            user(
                "[policy]\nextends = \"none\"\ndefault_action = \"allow\"\n"
                    + rule("the-rule", match, "deny", 1)));
    return engine
        .decide(operation, "/usr/bin/bash", new ScriptedSurroundings())
        .rule()
        .equals("the-rule");
  }
}
