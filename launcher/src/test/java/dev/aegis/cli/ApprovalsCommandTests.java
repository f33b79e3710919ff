package dev.aegis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApprovalsCommandTests {

  private static final String PENDING =
      """
      {"id": 7, "state": "pending", "session": "s1", "wrapped": "claude", "tool": "execute",
       "command": "rm -rf victim\\u001b[2J", "path": "/usr/bin/rm", "cwd": "/home/me/p",
       "categories": ["file.delete.recursive"], "rule": "ask-recursive-delete", "risk": 70,
       "tier": "high", "blast_radius": "3 files, 12 bytes", "coverage": "libc",
       "requested_at": "2026-01-01T00:00:00Z", "expires_at": "2999-01-01T00:00:00Z",
       "decided_at": null, "decided_by": null, "channel": null, "scope": null, "reason": null,
       "released_at": null, "plan": [{"text": "rm -rf victim", "verdict": "require_approval"}],
       "ancestry": [{"pid": 12, "command": "bash -c 'rm -rf victim'"}]}
      """;

  private FakeDaemon daemon;

  @BeforeEach
  void start() throws Exception {
    daemon = new FakeDaemon();
  }

  @AfterEach
  void stop() throws Exception {
    daemon.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"approvals", "approvals list"})
  void pending_approvals_are_a_table(String line) {
    daemon.answering("approvals.list", "[" + PENDING + "]");
    Run run = daemon.aegis(line.split(" ", -1));
    assertThat(run.exitCode()).isZero();
    assertThat(run.out().lines()).hasSize(2);
    assertThat(run.out()).contains("7", "pending", "high 70", "claude", "rm -rf victim", " left");
    assertThat(daemon.calls().get(0).path("all").asBoolean()).isFalse();
  }

  @Test
  void escape_sequences_of_the_wrapped_program_are_spelled_out() {
    daemon.answering("approvals.list", "[" + PENDING + "]").answering("approvals.show", PENDING);
    assertThat(daemon.aegis("approvals").out()).doesNotContain("\033").contains("\\u001b[2J");
    assertThat(daemon.aegis("approvals", "show", "7").out()).doesNotContain("\033");
  }

  @Test
  void json_is_one_value_as_its_schema_says() throws Exception {
    daemon.answering("approvals.list", "[" + PENDING + "]").answering("approvals.show", PENDING);
    String list = daemon.aegis("approvals", "list", "--all", "--json").out();
    assertThat(Schema.named("approvals").complaints(list)).isEmpty();
    assertThat(daemon.calls().get(0).path("all").asBoolean()).isTrue();
    String one = daemon.aegis("approvals", "show", "7", "--json").out();
    assertThat(Schema.named("approval").complaints(one)).isEmpty();
    assertThat(new ObjectMapper().readTree(one).path("command").asText()).contains("\033");
  }

  @Test
  void an_empty_list_is_an_empty_array() {
    daemon.answering("approvals.list", "[]");
    assertThat(daemon.aegis("approvals", "--json").exitCode()).isEqualTo(ExitCode.GENERAL);
    assertThat(daemon.aegis("approvals", "list", "--json").out().strip()).isEqualTo("[ ]");
    assertThat(daemon.aegis("approvals", "list").out()).isEqualTo("no pending approvals\n");
  }

  @Test
  void show_tells_plan_ancestry_and_blast_radius() {
    daemon.answering("approvals.show", PENDING);
    assertThat(daemon.aegis("approvals", "show", "7").out())
        .contains("require_approval: rm -rf victim", "12 bash -c 'rm -rf victim'", "3 files");
  }

  @Test
  void approve_passes_the_scope_on() {
    daemon.answering("approvals.decide", PENDING.replace("pending", "approved"));
    Run run = daemon.aegis("approvals", "approve", "7", "--scope", "session");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).startsWith("approved 7: rm -rf victim");
    JsonNode call = daemon.calls().get(0);
    assertThat(call.path("id").asLong()).isEqualTo(7);
    assertThat(call.path("decision").asText()).isEqualTo("approve");
    assertThat(call.path("scope").asText()).isEqualTo("session");
    assertThat(call.path("channel").asText()).isEqualTo("cli");
  }

  @ParameterizedTest
  @CsvSource({
    "'',once,0",
    "--session,session,0",
    "--for 10m,minutes,600",
    "--for 2h,minutes,7200",
    "--always --yes,always,0"
  })
  void an_approval_reaches_as_far_as_is_said(String options, String scope, long seconds) {
    daemon.answering("approvals.decide", PENDING.replace("pending", "approved"));
    Run run = daemon.aegis(("approvals approve 7 " + options).strip().split(" ", -1));
    assertThat(run.exitCode()).isZero();
    assertThat(daemon.calls().get(0).path("scope").asText()).isEqualTo(scope);
    assertThat(daemon.calls().get(0).path("seconds").asLong()).isEqualTo(seconds);
  }

  @Test
  void always_is_asked_twice_and_nobody_can_be_asked_here() {
    daemon.answering("approvals.show", PENDING);
    Run run = daemon.aegis("approvals", "approve", "7", "--always");
    assertThat(run.exitCode()).isEqualTo(ExitCode.GENERAL);
    assertThat(run.err()).contains("add --yes");
    assertThat(daemon.calls()).hasSize(1);
    assertThat(daemon.aegis("approvals", "approve", "7", "--for", "13h").err()).contains("12h");
  }

  @Test
  void grants_are_listed_and_revoked() {
    daemon
        .answering(
            "grants.list",
            """
            [{"id": 3, "approval": 7, "scope": "minutes", "session": "s1", "wrapped": "claude",
              "command": "rm -rf build", "cwd": "/w", "granted_by": "ann",
              "granted_at": "2026-01-01T00:00:00Z", "until": "2026-01-01T00:10:00Z"}]
            """)
        .answering("grants.revoke", "{\"id\": 3}");
    assertThat(daemon.aegis("grants").out()).contains("until 2026", "s1", "ann", "rm -rf build");
    assertThat(daemon.aegis("grants", "list", "--json").out()).contains("\"approval\" : 7");
    assertThat(daemon.aegis("grants", "revoke", "3").out()).isEqualTo("revoked 3\n");
    assertThat(daemon.aegis("grants", "revoke", "3", "--json").out().strip()).isEqualTo("[ 3 ]");
  }

  @Test
  void every_session_is_held_and_goes_on() {
    daemon
        .answering("sessions.pause", "{\"changed\": true}")
        .answering("sessions.resume", "{\"changed\": false}");
    assertThat(daemon.aegis("pause").out()).isEqualTo("every session is held until aegis resume\n");
    assertThat(daemon.aegis("resume").out()).isEqualTo("nothing is held\n");
  }

  @Test
  void deny_passes_the_reason_on() {
    daemon.answering("approvals.decide", PENDING.replace("pending", "denied"));
    Run run = daemon.aegis("approvals", "deny", "7", "--reason", "use git clean");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).startsWith("denied 7");
    assertThat(daemon.calls().get(0).path("reason").asText()).isEqualTo("use git clean");
    assertThat(daemon.calls().get(0).path("decision").asText()).isEqualTo("deny");
  }

  @Test
  void the_daemons_refusal_is_the_exit_code_and_the_message() {
    daemon.refusing("approvals.decide", 1, "already denied by ann");
    Run late = daemon.aegis("approvals", "approve", "7");
    assertThat(late.exitCode()).isEqualTo(1);
    assertThat(late.err()).isEqualTo("aegis: already denied by ann\n");
    daemon.refusing("approvals.decide", 6, "supervised");
    assertThat(daemon.aegis("approvals", "deny", "7").exitCode()).isEqualTo(ExitCode.SECURITY);
  }

  @Test
  void a_number_is_expected() {
    Run run = daemon.aegis("approvals", "approve", "seven");
    assertThat(run.exitCode()).isEqualTo(ExitCode.GENERAL);
    assertThat(run.err()).contains("<id>", "seven");
    assertThat(daemon.aegis("approvals", "history", "--limit", "0").err()).contains("--limit");
    assertThat(daemon.calls()).isEmpty();
  }
}
