package dev.aegis.daemon.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteJournalTests {

  @TempDir private Path directory;
  private Database database;
  private final CountingSync sync = new CountingSync();
  private SqliteJournal journal;

  @BeforeEach
  void open() throws Exception {
    database = Database.open(directory.resolve("aegis.db"));
    journal = SqliteJournal.start(database, sync);
  }

  @AfterEach
  void close() throws Exception {
    sync.gate.countDown();
    journal.close();
    database.close();
  }

  @Test
  void what_was_submitted_is_seen_by_readers_once_it_is_written() throws Exception {
    journal.submit(Durability.WRITTEN, put("a", "1")).get();

    assertThat(names()).containsExactly("a");
  }

  @Test
  void a_reader_sees_one_state_whatever_is_written_meanwhile() throws Exception {
    journal.submit(Durability.WRITTEN, put("a", "1")).get();

    database.read(
        connection -> {
          assertThat(names(connection)).containsExactly("a");
          journal.submit(Durability.WRITTEN, put("b", "1")).join();
          assertThat(names(connection)).containsExactly("a");
          return null;
        });

    assertThat(names()).containsExactly("a", "b");
  }

  @Test
  void synced_waits_for_the_sync_and_written_does_not() throws Exception {
    sync.gate = new CountDownLatch(1);
    CompletableFuture<Void> synced = journal.submit(Durability.SYNCED, put("a", "1"));
    sync.entered.acquire();

    assertThat(names()).containsExactly("a");
    assertThat(synced).isNotDone();

    sync.gate.countDown();
    synced.get();
    assertThat(sync.done.get()).isEqualTo(1);
  }

  @Test
  void written_is_synced_within_100_ms_though_nobody_asks() throws Exception {
    long before = System.nanoTime();
    journal.submit(Durability.WRITTEN, put("a", "1")).get();
    assertThat(sync.done.get()).isZero();

    sync.entered.acquire();
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(1));
  }

  @Test
  void trailing_records_gather_in_one_commit_and_one_sync() throws Exception {
    List<CompletableFuture<Void>> all = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      all.add(journal.submit(Durability.TRAILING, put("n" + i, "1")));
    }
    CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get();

    assertThat(names()).hasSize(100);
    await().untilAsserted(() -> assertThat(sync.done.get()).isBetween(1, 3));
  }

  @Test
  void a_database_that_is_exchanged_takes_nothing_any_more() throws Exception {
    journal.submit(Durability.WRITTEN, put("a", "1")).get();
    Path file = directory.resolve("aegis.db");
    Files.move(file, directory.resolve("away.db"));
    Files.createFile(file);

    assertThatThrownBy(() -> journal.submit(Durability.WRITTEN, put("b", "1")).get())
        .hasMessageContaining("was moved, removed or exchanged");
    assertThat(journal.fault()).isPresent();
  }

  @Test
  void a_refused_change_fails_alone_and_leaves_nothing_behind() throws Exception {
    CompletableFuture<Void> first = journal.submit(Durability.TRAILING, put("a", "1"));
    CompletableFuture<Void> broken =
        journal.submit(
            Durability.TRAILING,
            connection -> {
              put("half", "1").apply(connection);
              return put("a", "again").apply(connection);
            });
    CompletableFuture<Void> last = journal.submit(Durability.WRITTEN, put("b", "1"));

    first.get();
    last.get();
    assertThatThrownBy(broken::get)
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(SQLException.class);
    assertThat(names()).containsExactly("a", "b");
    assertThat(journal.fault()).isEmpty();
  }

  @Test
  void a_full_database_fails_the_future_and_says_so_until_there_is_room_again() throws Exception {
    journal.submit(Durability.WRITTEN, pragma("max_page_count = 30")).get();

    assertThatThrownBy(journal.submit(Durability.SYNCED, put("big", "x".repeat(500_000)))::get)
        .hasCauseInstanceOf(StoreException.class)
        .hasMessageContaining("the disk is full");
    assertThat(journal.fault()).isPresent();

    journal.submit(Durability.WRITTEN, pragma("max_page_count = 100000")).get();
    journal.submit(Durability.WRITTEN, put("small", "x")).get();
    assertThat(journal.fault()).isEmpty();
    assertThat(names()).containsExactly("small");
  }

  @Test
  void after_a_failed_sync_nothing_is_believed_any_more() throws Exception {
    sync.failure = new IOException("Input/output error");

    assertThatThrownBy(journal.submit(Durability.SYNCED, put("a", "1"))::get)
        .hasMessageContaining("could not be synced");
    sync.failure = null;
    assertThatThrownBy(journal.submit(Durability.SYNCED, put("b", "1"))::get)
        .hasMessageContaining("could not be synced");
  }

  @Test
  void a_closed_journal_has_written_what_it_took_and_takes_no_more() throws Exception {
    CompletableFuture<Void> trailing = journal.submit(Durability.TRAILING, put("a", "1"));
    journal.close();

    assertThat(trailing).isCompleted();
    assertThat(sync.done.get()).isEqualTo(1);
    assertThatThrownBy(journal.submit(Durability.TRAILING, put("b", "1"))::get)
        .hasMessageContaining("stopping");
  }

  private List<String> names() throws StoreException {
    return database.read(SqliteJournalTests::names);
  }

  private static List<String> names(Connection connection) throws SQLException {
    return Columns.all(
        connection.prepareStatement("SELECT name FROM meta ORDER BY name"),
        row -> row.getString(1));
  }

  private static Journal.Change<Void> put(String name, String value) {
    return connection -> {
      try (var insert = connection.prepareStatement("INSERT INTO meta VALUES (?, ?)")) {
        Columns.bind(insert, name, value).executeUpdate();
        return null;
      }
    };
  }

  private static Journal.Change<Void> pragma(String text) {
    return connection -> {
      try (Statement statement = connection.createStatement()) {
        statement.execute("PRAGMA " + text);
        return null;
      }
    };
  }

  /** A sync that can be held, counted and made to fail. */
  private static final class CountingSync implements WalSync {
    private final AtomicInteger done = new AtomicInteger();
    private final java.util.concurrent.Semaphore entered = new java.util.concurrent.Semaphore(0);
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private volatile IOException failure;

    @Override
    public void sync() throws IOException {
      entered.release();
      try {
        gate.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      if (failure != null) {
        throw failure;
      }
      done.incrementAndGet();
    }

    @Override
    public void close() {}
  }
}
