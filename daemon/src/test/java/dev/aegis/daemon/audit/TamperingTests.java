package dev.aegis.daemon.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aegis.daemon.store.Database;
import dev.aegis.daemon.store.Durability;
import dev.aegis.daemon.store.SqliteJournal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TamperingTests {

  private static final int ROWS = 6;

  @TempDir private Path directory;

  @BeforeEach
  void sixRowsOneOfThemAGap() throws Exception {
    try (Database database = Database.open(file());
        SqliteJournal journal = SqliteJournal.start(database)) {
      ChainedAuditLog log = AuditChainFixture.log(journal, directory);
      for (int i = 1; i <= ROWS; i++) {
        String kind = i == 3 ? "records.lost" : "operation.denied";
        assertThat(log.append(event(i, kind), Durability.WRITTEN).get()).isEqualTo(i);
      }
    }
  }

  private static AuditEvent event(int number, String kind) {
    return new AuditEvent(
        Instant.parse("2026-01-02T12:00:00Z").plusSeconds(number),
        kind,
        "s" + number,
        Map.of("path", "/x" + number));
  }

  @Test
  void an_untouched_chain_verifies_and_counts_its_gaps() throws Exception {
    AuditVerifier.Report report = verify();

    assertThat(report.broken()).isEmpty();
    assertThat(report.rows()).isEqualTo(ROWS);
    assertThat(report.gaps()).isEqualTo(1);
    assertThat(report.head().orElseThrow()).hasSize(64);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE audit SET kind = 'x' WHERE seq = 2",
        "DELETE FROM audit WHERE seq = 2",
        "INSERT OR REPLACE INTO audit SELECT * FROM audit WHERE seq = 2",
        "INSERT INTO audit SELECT 99, at, kind, session, record, previous, mac FROM audit WHERE seq"
            + " = 1",
        "INSERT INTO audit SELECT -1, at, kind, session, record, previous, mac FROM audit WHERE seq"
            + " = 1"
      })
  void the_database_itself_refuses_whatever_is_no_append(String sql) throws Exception {
    assertThatThrownBy(() -> execute(sql))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("append-only");
    assertThat(verify().broken()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          UPDATE audit SET record = replace(record, '/x4', '/y4') WHERE seq = 4 | 4 | changed
          UPDATE audit SET kind = 'operation.allowed' WHERE seq = 4             | 4 | column kind
          UPDATE audit SET at = '2020-01-01T00:00:00Z' WHERE seq = 4            | 4 | column at
          UPDATE audit SET session = 'other' WHERE seq = 4                      | 4 | column session
          UPDATE audit SET mac = previous WHERE seq = 4                         | 4 | changed
          UPDATE audit SET previous = mac WHERE seq = 4                         | 4 | does not follow
          DELETE FROM audit WHERE seq = 4                                       | 4 | missing
          DELETE FROM audit WHERE seq = 1                                       | 1 | missing
          DELETE FROM audit WHERE seq >= 5                                      | 5 | head of the chain was row 6
          DELETE FROM audit                                                     | 1 | head of the chain was row 6
          DELETE FROM meta WHERE name = 'audit_head'                            | 6 | note of the chain's head is missing
          """)
  void whoever_drops_the_triggers_is_still_found_out(String sql, long row, String why)
      throws Exception {
    execute(
        "DROP TRIGGER audit_no_update",
        "DROP TRIGGER audit_no_delete",
        "DROP TRIGGER audit_append_at_end",
        sql);

    AuditVerifier.Broken broken = verify().broken().orElseThrow();
    assertThat(broken.row()).isEqualTo(row);
    assertThat(broken.why()).contains(why);
  }

  @Test
  void without_the_key_nobody_can_write_the_chain_anew() throws Exception {
    AuditKey.create(directory.resolve("audit.key"));

    assertThat(verify().broken().orElseThrow().row()).isEqualTo(1);
  }

  @Test
  void an_anchor_is_found_by_its_beginning_and_only_while_its_row_is_there() throws Exception {
    String head = verify().head().orElseThrow();

    assertThat(verify(head).anchored()).contains((long) ROWS);
    assertThat(verify(head.substring(0, 16)).anchored()).contains((long) ROWS);
    assertThat(verify("0".repeat(16)).anchored()).isEmpty();
  }

  @Test
  void a_log_written_anew_with_the_key_verifies_and_lacks_the_anchor() throws Exception {
    String anchor = verify().head().orElseThrow();
    Files.delete(file());
    Files.deleteIfExists(directory.resolve("aegis.db-wal"));
    try (Database database = Database.open(file());
        SqliteJournal journal = SqliteJournal.start(database)) {
      ChainedAuditLog log = AuditChainFixture.log(journal, directory);
      for (int i = 1; i <= ROWS; i++) {
        log.append(event(i, "operation.allowed"), Durability.WRITTEN).get();
      }
    }

    AuditVerifier.Report report = verify(anchor);
    assertThat(report.broken()).isEmpty();
    assertThat(report.rows()).isEqualTo(ROWS);
    assertThat(report.anchored()).isEmpty();
  }

  @Test
  void who_writes_with_the_key_while_the_daemon_runs_is_noticed_by_it() throws Exception {
    try (Database database = Database.open(file());
        SqliteJournal journal = SqliteJournal.start(database)) {
      ChainedAuditLog log = AuditChainFixture.log(journal, directory);
      log.append(event(7, "operation.denied"), Durability.WRITTEN).get();
      try (Database other = Database.open(file());
          SqliteJournal theirs = SqliteJournal.start(other)) {
        AuditChainFixture.log(theirs, directory)
            .append(event(8, "operation.allowed"), Durability.WRITTEN)
            .get();
      }
      assertThat(verify().broken()).isEmpty();
      assertThat(log.append(event(9, "operation.denied"), Durability.WRITTEN).get())
          .isEqualTo(ROWS + 4L);
    }

    AuditVerifier.Broken broken = verify().broken().orElseThrow();
    assertThat(broken.row()).isEqualTo(ROWS + 3L);
    assertThat(broken.why()).contains("others had written");
  }

  @Test
  void an_append_that_is_rolled_back_is_no_tampering() throws Exception {
    try (Database database = Database.open(file());
        SqliteJournal journal = SqliteJournal.start(database)) {
      ChainedAuditLog log = AuditChainFixture.log(journal, directory);
      log.append(event(7, "operation.denied"), Durability.WRITTEN).get();
      var refused =
          journal.submit(
              Durability.WRITTEN,
              connection -> {
                long unused = log.change(event(8, "operation.denied")).apply(connection);
                throw new IllegalStateException("refused after it was appended");
              });
      assertThat(refused).failsWithin(Duration.ofSeconds(10));
      log.append(event(9, "operation.denied"), Durability.WRITTEN).get();
    }

    assertThat(verify().broken()).isEmpty();
    assertThat(verify().rows()).isEqualTo(ROWS + 2L);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          UPDATE approvals SET state = 'approved', decided_at = 1 WHERE id = 1 | approval 1 is approved in the database, and pending on record
          UPDATE approvals SET state = 'approved' WHERE id = 2                 | approval 2 is approved in the database, and denied on record
          UPDATE approvals SET state = 'approved', released_at = 1 WHERE id = 3 | approval 3 went on as the database says
          """)
  void an_approval_that_is_another_than_the_log_says_shows(String sql, String why)
      throws Exception {
    execute(
        approval(1, "pending", "NULL"),
        approval(2, "denied", "1"),
        approval(3, "approved", "1"),
        "DROP TRIGGER approvals_decided_once");
    try (Database database = Database.open(file());
        SqliteJournal journal = SqliteJournal.start(database)) {
      ChainedAuditLog log = AuditChainFixture.log(journal, directory);
      for (Object[] decision : new Object[][] {{2, "denied"}, {3, "approved"}}) {
        log.append(
                new AuditEvent(
                    Instant.EPOCH,
                    "approval.decided",
                    "s",
                    Map.of("id", decision[0], "state", decision[1])),
                Durability.WRITTEN)
            .get();
      }
    }
    assertThat(verify().broken()).isEmpty();

    execute(sql);

    assertThat(verify().broken().orElseThrow().why()).contains(why);
  }

  private static String approval(int id, String state, String decidedAt) {
    return """
        INSERT INTO approvals (id, state, session, wrapped, tool, command, path, cwd, categories,
          rule, risk, blast_radius, coverage, pid, start_ticks, shape, binding, detail,
          requested_at, expires_at, decided_at)
        VALUES (%d, '%s', 's', 'w', 't', 'c', 'p', '/', '[]', 'r', 1, '', 'libc', 1, 1, 'x', '{}',
          '{}', 0, 0, %s)
        """
        .formatted(id, state, decidedAt);
  }

  private AuditVerifier.Report verify(String anchor) throws Exception {
    try (Database database = Database.open(file())) {
      return AuditChainFixture.verifier(database, directory).verify(Optional.of(anchor));
    }
  }

  private AuditVerifier.Report verify() throws Exception {
    try (Database database = Database.open(file())) {
      return AuditChainFixture.verifier(database, directory).verify();
    }
  }

  private void execute(String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.executeUpdate(sql);
      }
    }
  }

  private Path file() {
    return directory.resolve("aegis.db");
  }
}
