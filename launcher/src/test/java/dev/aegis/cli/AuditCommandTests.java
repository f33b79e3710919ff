package dev.aegis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditCommandTests {

  private static final String MAC = "ab".repeat(32);
  private static final String ROWS =
      """
      {"rows": [
        {"seq": 3, "at": "2026-01-02T12:00:00Z", "kind": "session.started", "session": "s1", "mac": "MAC",
         "detail": {"wrapped": "claude", "argv": ["claude", "-p"], "cwd": "/w", "dry_run": false}},
        {"seq": 4, "at": "2026-01-02T12:00:01Z", "kind": "approval.opened", "session": "s1", "mac": "MAC",
         "detail": {"id": 7, "state": "pending", "tool": "execute", "command": "rm -rf build\\u001b[2J",
           "path": "/usr/bin/rm", "cwd": "/w", "rule": "ask-deletes", "risk": 60,
           "categories": ["file.delete.recursive"], "pid": 42}},
        {"seq": 5, "at": "2026-01-02T12:00:13Z", "kind": "approval.decided", "session": "s1", "mac": "MAC",
         "detail": {"id": 7, "state": "approved", "tool": "execute", "command": "rm -rf build",
           "rule": "ask-deletes", "risk": 60, "decided_by": "Ana (id 7)", "channel": "telegram",
           "scope": "once", "reason": ""}},
        {"seq": 6, "at": "2026-01-02T12:00:14Z", "kind": "approval.released", "session": "s1", "mac": "MAC",
         "detail": {"id": 7, "state": "approved"}},
        {"seq": 7, "at": "2026-01-02T12:00:15Z", "kind": "operations.allowed", "session": "s1", "mac": "MAC",
         "detail": {"operations": [
           {"pid": 43, "program": "/usr/bin/rm", "tool": "delete_file", "command": "delete /w/build/a",
            "path": "/w/build/a", "rule": "ask-deletes", "by": "approval 7", "at": "2026-01-02T12:00:14.5Z"},
           {"pid": 44, "program": "/usr/bin/make", "tool": "execute", "command": "cc -c a.c", "path": "/usr/bin/cc",
            "by": "policy"},
           {"pid": 44, "program": "/usr/bin/make", "tool": "execute", "command": "cc -c a.c", "path": "/usr/bin/cc",
            "by": "policy"}]}},
        {"seq": 8, "at": "2026-01-02T12:00:16Z", "kind": "operation.denied", "session": "s1", "mac": "MAC",
         "detail": {"pid": 45, "program": "/usr/bin/cat", "tool": "read_file", "command": "read '/w/=a|b.env'",
           "path": "/w/=a|b.env", "rule": "block-secrets", "reason": "blocked, \\"really\\"", "risk": 85,
           "categories": ["secret.read"]}},
        {"seq": 9, "at": "2026-01-02T12:10:00Z", "kind": "session.ended", "session": "s1", "mac": "MAC",
         "detail": {}}],
       "next": null}
      """
          .replace("MAC", MAC);
  private static final String INTACT =
      "{\"rows\": 9, \"gaps\": 0, \"head\": \"%s\", \"anchored_row\": %s, \"broken\": %s}";

  private FakeDaemon daemon;

  @BeforeEach
  void start() throws Exception {
    daemon = new FakeDaemon().answering("audit.read", ROWS);
  }

  @AfterEach
  void stop() throws Exception {
    daemon.close();
  }

  private List<String> export(String format) {
    Run run = daemon.aegis("audit", "export", "--format", format);
    assertThat(run.exitCode()).as(run.err()).isZero();
    return run.out().lines().toList();
  }

  @Test
  void json_lines_are_the_rows_as_they_are() throws Exception {
    List<String> lines = export("jsonl");
    assertThat(lines).hasSize(7);
    for (String line : lines) {
      assertThat(Schema.named("audit-row").complaints(line)).isEmpty();
    }
    assertThat(daemon.aegis("audit", "export").out().lines()).isEqualTo(lines);
  }

  @Test
  void csv_quotes_what_needs_it_and_makes_no_formulas() {
    String out = daemon.aegis("audit", "export", "--format", "csv").out();
    assertThat(out.split("\r\n", -1)).hasSize(1 + 9 + 1);
    assertThat(out)
        .startsWith("seq,at,kind,session,")
        .contains("\"blocked, \"\"really\"\"\"")
        .contains("8,2026-01-02T12:00:16Z,operation.denied,s1,read_file,");
  }

  @Test
  void a_cell_that_begins_like_a_formula_is_a_text() {
    daemon.answering("audit.read", ROWS.replace("rm -rf build\\u001b[2J", "=cmd|' /C calc'!A0"));
    assertThat(export("csv").get(2)).contains(",'=cmd|' /C calc'!A0,");
  }

  @Test
  void cef_escapes_pipes_in_its_header_and_equals_signs_in_its_extension() {
    List<String> lines = export("cef");
    assertThat(lines).hasSize(9).allMatch(line -> line.matches("CEF:0\\|(([^|]*)\\|){6}rt=.*"));
    String denied = lines.get(7);
    assertThat(denied)
        .startsWith("CEF:0|Aegis|Aegis|development|operation.denied|operation denied|8|rt=")
        .contains("filePath=/w/\\=a|b.env", "outcome=failure", "cs3Label=rule cs3=block-secrets");
  }

  @Test
  void ocsf_has_what_each_class_requires() throws Exception {
    ObjectMapper json = new ObjectMapper();
    List<String> lines = export("ocsf");
    assertThat(lines).hasSize(9);
    for (String line : lines) {
      assertThat(Schema.named("audit-ocsf").complaints(line)).as(line).isEmpty();
    }
    JsonNode deleted = json.readTree(lines.get(4));
    assertThat(deleted.path("type_uid").asInt()).isEqualTo(100_104);
    assertThat(deleted.path("file").path("path").asText()).isEqualTo("/w/build/a");
    assertThat(deleted.path("disposition_id").asInt()).isEqualTo(1);
    JsonNode denied = json.readTree(lines.get(7));
    assertThat(denied.path("class_uid").asInt()).isEqualTo(1001);
    assertThat(denied.path("action_id").asInt()).isEqualTo(2);
    assertThat(denied.path("severity_id").asInt()).isEqualTo(5);
  }

  @Test
  void an_unknown_format_is_an_error_that_names_the_known_ones() {
    Run run = daemon.aegis("audit", "export", "--format", "xml");
    assertThat(run.exitCode()).isEqualTo(ExitCode.GENERAL);
    assertThat(run.err()).contains("xml", "--format");
  }

  @Test
  void show_is_a_table_without_control_characters_and_passes_its_filters_on() throws Exception {
    Run run =
        daemon.aegis(
            "audit",
            "show",
            "--kind",
            "approval",
            "--session",
            "s1",
            "--since",
            "2026-01-02T00:00:00Z");
    assertThat(run.out()).doesNotContain("\033").contains("#7 pending; rm -rf build\\u001b[2J");
    assertThat(run.out()).contains("3 operations, the last: cc -c a.c");
    JsonNode call = daemon.calls().get(0);
    assertThat(call.path("newest").asBoolean()).isTrue();
    assertThat(call.path("limit").asInt()).isEqualTo(50);
    assertThat(call.path("kind").asText()).isEqualTo("approval");
    assertThat(call.path("since").asText()).isEqualTo("2026-01-02T00:00:00Z");
    String json = daemon.aegis("audit", "show", "--json").out();
    assertThat(Schema.named("audit-show").complaints(json)).isEmpty();
    assertThat(daemon.aegis("audit", "show", "--lines", "0").err()).contains("--lines");
  }

  @Test
  void the_report_tells_who_decided_what_was_deleted_and_what_was_refused() throws Exception {
    String page = daemon.aegis("audit", "report", "s1").out();
    assertThat(page)
        .contains("Session s1", "claude -p", "(10 min 0 s)", "Questions (1)")
        .contains("approved by Ana (id 7) over telegram after 12 s, once; it went on")
        .contains("Refused (1)", "block-secrets", "Deleted (1)", "/w/build/a  (approval 7)")
        .contains("cc -c a.c  \u00d72")
        .doesNotContain("\033");
    String json = daemon.aegis("audit", "report", "s1", "--json").out();
    assertThat(Schema.named("audit-report").complaints(json)).isEmpty();
    assertThat(daemon.calls().get(0).path("session").asText()).isEqualTo("s1");
  }

  @Test
  void a_session_that_nobody_knows_is_an_error() {
    daemon.answering("audit.read", "{\"rows\": [], \"next\": null}");
    Run run = daemon.aegis("audit", "report", "s9");
    assertThat(run.exitCode()).isEqualTo(ExitCode.GENERAL);
    assertThat(run.err()).contains("no session \"s9\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          null | null | 8 | does not hold the anchor
          5    | null | 0 | ''
          5    | {"row": 3, "why": "it was changed"} | 8 | broken at row 3
          null | {"row": 3, "why": "it was changed"} | 8 | also broken at row 3
          """)
  void an_anchor_that_is_missing_is_a_corrupt_state(
      String anchored, String broken, int exitCode, String complaint) throws Exception {
    daemon.answering("audit.verify", INTACT.formatted(MAC, anchored, broken));
    Run run = daemon.aegis("audit", "verify", "--anchor", MAC);
    assertThat(run.exitCode()).isEqualTo(exitCode);
    assertThat(run.err()).contains(complaint);
    assertThat(daemon.calls().get(0).path("anchor").asText()).isEqualTo(MAC);
    String json = daemon.aegis("audit", "verify", "--anchor", MAC, "--json").out();
    assertThat(Schema.named("audit-verify").complaints(json)).isEmpty();
  }
}
