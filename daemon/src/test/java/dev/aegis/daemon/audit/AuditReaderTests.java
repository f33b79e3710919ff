package dev.aegis.daemon.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.daemon.audit.AuditReader.Filter;
import dev.aegis.daemon.audit.AuditReader.Page;
import dev.aegis.daemon.store.Database;
import dev.aegis.daemon.store.Durability;
import dev.aegis.daemon.store.SqliteJournal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditReaderTests {

  private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");
  private static final Filter ALL = filter(null, null, null);

  @TempDir private Path directory;
  private Database database;
  private SqliteJournal journal;
  private AuditReader reader;

  @BeforeEach
  void tenRows() throws Exception {
    database = Database.open(directory.resolve("aegis.db"));
    journal = SqliteJournal.start(database);
    ChainedAuditLog log = AuditChainFixture.log(journal, directory);
    for (int i = 1; i <= 10; i++) {
      log.append(
              new AuditEvent(
                  NOON.plusMillis(500L * i),
                  i % 2 == 0 ? "approval.opened" : "approvals",
                  "s" + i % 3,
                  Map.of("text", i == 4 ? "x".repeat(5_000_000) : "x")),
              Durability.WRITTEN)
          .get();
    }
    reader = new AuditReader(database);
  }

  @AfterEach
  void close() throws Exception {
    journal.close();
    database.close();
  }

  private static Filter filter(String session, String kind, Instant since) {
    return new Filter(
        Optional.ofNullable(session), Optional.ofNullable(kind), Optional.ofNullable(since));
  }

  private static List<Long> numbers(Page page) {
    return page.rows().stream().map(AuditRow::sequence).toList();
  }

  @Test
  void pages_follow_each_other_to_the_end() throws Exception {
    Page first = reader.after(0, 3, ALL);
    assertThat(numbers(first)).containsExactly(1L, 2L, 3L);
    Page second = reader.after(first.next().orElseThrow(), 6, ALL);
    assertThat(numbers(second)).as("a large row ends its page").containsExactly(4L);
    Page third = reader.after(second.next().orElseThrow(), 6, ALL);
    assertThat(numbers(third)).containsExactly(5L, 6L, 7L, 8L, 9L, 10L);
    assertThat(third.next()).isEmpty();
  }

  @Test
  void the_newest_come_in_order() throws Exception {
    assertThat(numbers(reader.newest(2, ALL))).containsExactly(9L, 10L);
  }

  @Test
  void a_kind_means_what_stands_below_it_too_and_no_more() throws Exception {
    assertThat(numbers(reader.after(4, 9, filter(null, "approval", null))))
        .containsExactly(6L, 8L, 10L);
    assertThat(numbers(reader.newest(1, filter(null, "approvals", null)))).containsExactly(9L);
  }

  @Test
  void session_and_time_narrow_it() throws Exception {
    assertThat(numbers(reader.after(0, 9, filter("s0", null, null)))).containsExactly(3L, 6L, 9L);
    assertThat(numbers(reader.after(4, 9, filter(null, null, NOON.plusSeconds(4)))))
        .containsExactly(8L, 9L, 10L);
  }
}
