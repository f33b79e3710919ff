package dev.aegis.daemon.approvals;

import dev.aegis.daemon.audit.AuditKey;
import dev.aegis.daemon.audit.ChainedAuditLog;
import dev.aegis.daemon.audit.Redactor;
import dev.aegis.daemon.kernel.ProcessFacts;
import dev.aegis.daemon.store.ApprovalRepository;
import dev.aegis.daemon.store.Database;
import dev.aegis.daemon.store.GrantRepository;
import dev.aegis.daemon.store.ProcessKey;
import dev.aegis.daemon.store.SqliteJournal;
import dev.aegis.daemon.store.StoreException;
import dev.aegis.operation.Risk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A book over a real database, with clocks of the test's. */
final class BookFixture implements AutoCloseable {

  /** A process that is alive for as long as the test. */
  static final ProcessKey ALIVE =
      ProcessFacts.of((int) ProcessHandle.current().pid()).orElseThrow().key();

  final FakeTime time;
  final GrantBook grants;
  final ApprovalBook book;
  private final Database database;
  private final SqliteJournal journal;
  private final ExecutorService workers = Executors.newFixedThreadPool(2);

  BookFixture(Path directory, FakeTime time, boolean approvesOnTimeout)
      throws IOException, StoreException {
    this(directory, time, AnswerRules.PLAIN, approvesOnTimeout);
  }

  BookFixture(Path directory, FakeTime time, AnswerRules rules, boolean approvesOnTimeout)
      throws IOException, StoreException {
    this.time = time;
    database = Database.open(directory.resolve("aegis.db"));
    journal = SqliteJournal.start(database);
    Redactor redactor = new Redactor();
    ChainedAuditLog audit =
        new ChainedAuditLog(
            journal, AuditKey.obtain(directory.resolve("audit.key"), database), redactor);
    ApprovalRecords records =
        new ApprovalRecords(
            journal,
            audit,
            new ApprovalRepository(database, redactor::redact),
            new GrantRepository(database),
            database);
    grants = new GrantBook(records, time);
    book = new ApprovalBook(records, grants, time, workers, rules, () -> approvesOnTimeout);
  }

  static Question question(String what, int risk, Duration timeout) {
    return question(what, "shape of " + what, risk, timeout);
  }

  static Question question(String what, String shape, int risk, Duration timeout) {
    return new Question(
        "session",
        "claude",
        ALIVE,
        "execute",
        what,
        "/usr/bin/rm",
        "/w",
        List.of("file.delete.recursive"),
        "ask",
        "why",
        new Risk(risk, List.of("because")),
        new BlastRadius(1, 2, 3, 4, false),
        "libc",
        List.of(),
        List.of(),
        new Terms(
            "exact " + what,
            shape,
            "/w",
            "tail",
            List.of("step"),
            List.of("file.delete"),
            List.of("/w/build"),
            List.of(),
            true,
            false),
        timeout);
  }

  @Override
  public void close() throws IOException, StoreException {
    time.forgetAlarms();
    workers.shutdown();
    journal.close();
    database.close();
  }
}
