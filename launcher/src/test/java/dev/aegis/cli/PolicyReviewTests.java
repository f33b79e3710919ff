package dev.aegis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the log teaches about the policy, and what every {@code --json} of it looks like. */
class PolicyReviewTests {

  private static final String DECIDED =
      """
      {"seq": %d, "at": "2026-01-02T12:00:%02dZ", "kind": "approval.decided", "session": "s1", "mac": "00",
       "detail": {"id": %d, "state": "%s", "tool": "%s", "command": "%s", "path": "%s", "cwd": "/w",
         "rule": "%s", "risk": %d, "categories": ["x.y"]}}""";

  @TempDir private Path scratch;

  private static String rows(String... rows) {
    return "{\"rows\": [" + String.join(",", rows) + "], \"next\": null}";
  }

  private static String decided(
      int n, String state, String tool, String command, String path, String rule, int risk) {
    return DECIDED.formatted(n, n, n, state, tool, command, path, rule, risk);
  }

  @Test
  void what_was_always_approved_becomes_a_rule_no_wider_than_what_was_seen() throws Exception {
    String log =
        rows(
            decided(1, "approved", "execute", "npm install a.b", "/usr/bin/npm", "packages", 60),
            decided(2, "approved", "execute", "npm install a.b", "/usr/bin/npm", "packages", 60),
            decided(3, "approved", "execute", "npm install other", "/usr/bin/npm", "packages", 60),
            decided(4, "approved", "delete_file", "delete /w/x", "/w/notes/x", "deletions", 30),
            decided(5, "approved", "delete_file", "delete /w/y", "/w/notes/y", "deletions", 30),
            decided(6, "approved", "execute", "git push -f", "/usr/bin/git", "force-push", 60),
            decided(7, "denied", "execute", "git push -f", "/usr/bin/git", "force-push", 60),
            decided(8, "approved", "execute", "rm -rf /", "/usr/bin/rm", "deletions", 95),
            decided(9, "approved", "execute", "rm -rf /", "/usr/bin/rm", "deletions", 95),
            decided(10, "approved", "execute", "x --token [redacted]", "/x", "r", 30),
            decided(11, "approved", "execute", "x --token [redacted]", "/x", "r", 30));
    try (FakeDaemon daemon = new FakeDaemon().answering("audit.read", log)) {
      Run run = daemon.aegis("policy", "suggest", "--at-least", "2");
      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(run.out())
          .contains("command_pattern = \"^npm install a\\\\.b$\", cwd_glob = \"/w\"")
          .contains("path_glob = \"/w/notes/*\"", "up_to_risk = \"high\"", "approved 2 times")
          .doesNotContain("other", "git push", "rm -rf", "redacted");

      Path file = Files.writeString(scratch.resolve("mine.toml"), "");
      Path learned = Files.createDirectory(scratch.resolve("policy.d"));
      Files.writeString(learned.resolve("suggested.toml"), run.out());
      String[] check = {"policy", "check", "--policy", file.toString(), "--cwd", "/w", "--", ""};
      check[7] = "npm install a.b";
      assertThat(daemon.aegis(check).exitCode()).isZero();
      check[7] = "npm install axb";
      assertThat(daemon.aegis(check).exitCode()).isEqualTo(ExitCode.SECURITY);
      check[5] = "/elsewhere";
      check[7] = "npm install a.b";
      assertThat(daemon.aegis(check).exitCode()).isEqualTo(ExitCode.SECURITY);

      String json = daemon.aegis("policy", "suggest", "--at-least", "2", "--json").out();
      assertThat(Schema.named("policy-suggest").complaints(json)).isEmpty();
    }
  }

  @Test
  void a_replay_shows_what_another_policy_would_have_decided() throws Exception {
    String log =
        rows(
            """
            {"seq": 1, "at": "2026-01-02T12:00:01Z", "kind": "operations.allowed", "session": "s1", "mac": "00",
             "detail": {"operations": [
               {"tool": "execute", "command": "make all", "path": "/usr/bin/make", "cwd": "/w", "by": "policy"},
               {"tool": "execute", "command": "make all", "path": "/usr/bin/make", "cwd": "/w", "by": "policy"},
               {"tool": "execute", "command": "ls", "path": "/usr/bin/ls", "cwd": "/w", "by": "policy"},
               {"tool": "connect", "command": "connect to 192.0.2.1", "by": "policy"},
               {"tool": "execute", "command": "git push -f", "path": "/usr/bin/git", "cwd": "/w",
                "by": "approval 3"}]}}""",
            """
            {"seq": 2, "at": "2026-01-02T12:00:02Z", "kind": "approval.opened", "session": "s1", "mac": "00",
             "detail": {"tool": "execute", "command": "git push -f", "path": "/usr/bin/git", "cwd": "/w"}}""",
            """
            {"seq": 3, "at": "2026-01-02T12:00:03Z", "kind": "operation.denied", "session": "s1", "mac": "00",
             "detail": {"tool": "write_file", "command": "write /etc/hosts", "path": "/etc/hosts", "cwd": "/w",
               "rule": "machine-files", "reason": "no"}}""");
    Path other =
        Files.writeString(
            scratch.resolve("other.toml"),
            """
            [[policy.rules]]
            name = "no-make"
            match = { program = "make" }
            action = "deny"
            """);
    try (FakeDaemon daemon = new FakeDaemon().answering("audit.read", log)) {
      Run run = daemon.aegis("policy", "replay", "--policy", other.toString());
      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(run.out())
          .contains("decided alike: 3", "otherwise: 1", "not judged: 1")
          .containsPattern("allow +deny +no-make +2 +make all");
      String json = daemon.aegis("policy", "replay", "--policy", other.toString(), "--json").out();
      assertThat(Schema.named("policy-replay").complaints(json)).isEmpty();
      assertThat(daemon.aegis("policy", "replay").out()).contains("otherwise: 0");
    }
  }

  @Test
  void every_json_is_as_its_schema_says() throws Exception {
    var home = Run.home(scratch);
    String check = Run.aegis(home, "policy", "check", "--json", "--", "cd / && rm -rf *").out();
    assertThat(Schema.named("policy-check").complaints(check)).isEmpty();
    String list = Run.aegis(home, "policy", "list", "--json").out();
    assertThat(Schema.named("policy-list").complaints(list)).isEmpty();
    Path batch =
        Files.writeString(
            scratch.resolve("b"),
            "{\"command\":\"ls\"}\n{\"id\":[1],\"command\":\"rm -rf /\"}\nx\n");
    Run answers = Run.aegis(home, "policy", "check", "--batch", batch.toString());
    assertThat(answers.out().lines()).hasSize(3);
    for (String line : answers.out().lines().toList()) {
      assertThat(Schema.named("policy-check-line").complaints(line)).as(line).isEmpty();
    }
  }
}
