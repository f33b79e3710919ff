package dev.aegis.daemon.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aegis.daemon.store.Database;
import dev.aegis.daemon.store.Durability;
import dev.aegis.daemon.store.SqliteJournal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Map;
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
        AuditEvent event =
            new AuditEvent(
                Instant.parse("2026-01-02T12:00:00Z").plusSeconds(i),
                kind,
                "s" + i,
                Map.of("path", "/x" + i));
        assertThat(log.append(event, Durability.WRITTEN).get()).isEqualTo(i);
      }
    }
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
        "INSERT INTO audit SELECT 99, at, kind, session, record, previous, mac FROM audit WHERE seq = 1",
        "INSERT INTO audit SELECT -1, at, kind, session, record, previous, mac FROM audit WHERE seq = 1"
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
