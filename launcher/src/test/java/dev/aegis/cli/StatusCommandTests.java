package dev.aegis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusCommandTests {

  private static final String STATUS =
      """
      {"running": true, "home": "/home/me/.aegis", "pid": 42, "version": "1", "uptime_seconds": 3700,
       "started_at": "2026-01-01T00:00:00Z",
       "policy": {"path": "/home/me/.aegis/policy.toml", "state": "broken", "rules": 0,
                  "default_action": "deny", "error": "policy.toml:3:9: expected a string",
                  "projects": [{"path": "/home/me/p/.aegis/policy.toml", "state": "broken",
                                "trusted": false, "error": "policy.toml:7:1: unknown key"}]},
       "database": {"path": "/home/me/.aegis/aegis.db", "bytes": 4096, "healthy": true},
       "approvals": {"pending": 1}, "activity": {"asked": 1, "allowed": 20, "denied": 2},
       "sessions": [{"session": "s1", "wrapped": "bash", "argv": ["bash"], "cwd": "/home/me/p",
         "workspaces": ["/home/me/p"], "dry_run": false, "supervision": "hybrid", "floor": "scope",
         "started_at": "2026-01-01T00:00:00Z",
         "pending": 1, "asked": 1, "allowed": 20, "denied": 2,
         "processes": [
           {"pid": 11, "parent": 10, "program": "/usr/bin/static", "command": "", "coverage": "exec",
            "coverage_reason": "static", "started_at": null},
           {"pid": 10, "parent": 1, "program": "/usr/bin/bash", "command": "bash",
            "coverage": "libc", "coverage_reason": "dynamic", "started_at": null}]}]}
      """;

  @Test
  void each_process_shows_its_coverage_below_its_parent() throws Exception {
    try (FakeDaemon daemon = new FakeDaemon().answering("status", STATUS)) {
      Run run = daemon.aegis("status");
      assertThat(run.exitCode()).isZero();
      assertThat(run.out())
          .contains("pid 42", "1 h 1 min", "BROKEN", "policy.toml:3:9", "hybrid; the kernel keeps")
          .contains("p/.aegis/policy.toml is BROKEN", "policy.toml:7:1");
      assertThat(run.out().lines().filter(line -> line.contains("libc")))
          .singleElement()
          .asString()
          .matches(" +10 +libc +dynamic +bash");
      assertThat(run.out().indexOf("/usr/bin/static")).isGreaterThan(run.out().indexOf("libc"));
    }
  }

  @Test
  void json_is_as_its_schema_says() throws Exception {
    try (FakeDaemon daemon = new FakeDaemon().answering("status", STATUS)) {
      assertThat(Schema.named("status").complaints(daemon.aegis("status", "--json").out()))
          .isEmpty();
    }
  }

  @Test
  void without_a_daemon_it_says_so_and_starts_none(@TempDir Path home) throws Exception {
    Run run = Run.aegis(Run.home(home), "status");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("not running", home.toString());
    String json = Run.aegis(Run.home(home), "status", "--json").out();
    assertThat(Schema.named("status").complaints(json)).isEmpty();
    assertThat(json).contains("\"running\" : false");
    assertThat(home).isEmptyDirectory();
  }
}
