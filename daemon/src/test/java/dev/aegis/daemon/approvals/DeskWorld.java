package dev.aegis.daemon.approvals;

import dev.aegis.daemon.audit.AuditKey;
import dev.aegis.daemon.audit.AuditVerifier;
import dev.aegis.daemon.audit.ChainedAuditLog;
import dev.aegis.daemon.audit.Redactor;
import dev.aegis.daemon.audit.Testimony;
import dev.aegis.daemon.channels.ChannelMessages;
import dev.aegis.daemon.channels.ChannelStates;
import dev.aegis.daemon.store.ApprovalRepository;
import dev.aegis.daemon.store.Database;
import dev.aegis.daemon.store.GrantRepository;
import dev.aegis.daemon.store.SqliteJournal;
import dev.aegis.daemon.store.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.crypto.spec.SecretKeySpec;

/**
 * The approvals of one daemon over a real database. Another world over the same directory is the
 * daemon that comes after it.
 */
public final class DeskWorld implements AutoCloseable {

  public final ApprovalBook book;
  public final GrantBook grants;
  public final Pause pause;
  public final ChainedAuditLog audit;
  public final Timekeeper time;
  private final AuditKey key;
  public final Database database;
  public final SqliteJournal journal;
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final ExecutorService workers = Executors.newFixedThreadPool(3);

  /** A world with the clocks of this machine. */
  public DeskWorld(Path directory, AnswerRules rules) throws IOException, StoreException {
    this(directory, Optional.empty(), rules, false);
  }

  DeskWorld(Path directory, FakeTime time, boolean silenceApproves)
      throws IOException, StoreException {
    this(directory, Optional.of(time), AnswerRules.PLAIN, silenceApproves);
  }

  /**
   * A world.
   *
   * @param clocks of the test; empty for those of this machine
   * @param silenceApproves whether a time-out approves what is below high risk
   */
  public DeskWorld(
      Path directory, Optional<Timekeeper> clocks, AnswerRules rules, boolean silenceApproves)
      throws IOException, StoreException {
    time = clocks.orElseGet(() -> Timekeeper.system(clock));
    database = Database.open(directory.resolve("aegis.db"));
    journal = SqliteJournal.start(database);
    Redactor redactor = new Redactor();
    key = AuditKey.obtain(directory.resolve("audit.key"), database);
    audit = new ChainedAuditLog(journal, key, redactor);
    ApprovalRecords records =
        new ApprovalRecords(
            journal,
            audit,
            new Testimony(key),
            new ApprovalRepository(database, redactor::redact),
            new GrantRepository(database),
            database);
    grants = new GrantBook(records, time);
    pause = new Pause(records, time, workers);
    book = new ApprovalBook(records, grants, time, workers, rules, () -> silenceApproves);
  }

  /** Take up what the daemon before this one left. */
  public DeskWorld takenUp() throws StoreException {
    grants.reload();
    grants.reload(Questions.SESSION);
    pause.reload();
    book.reload(session -> true);
    return this;
  }

  /** What channels keep in this world's database. */
  public ChannelStates states() {
    return new ChannelStates(journal, database);
  }

  /** The messages of a channel in this world's database. */
  public ChannelMessages messages(String channel) {
    return new ChannelMessages(channel, journal, database);
  }

  /** What checks this world's audit log. */
  public AuditVerifier verifier() {
    return new AuditVerifier(database, key);
  }

  /** A secret of this home, the same in every daemon. */
  public SecretKeySpec secret(String purpose) {
    return key.derive(purpose);
  }

  /** A question and how it ends. */
  public record Asked(long id, CompletableFuture<Approval> end) {
    /** Wait for the end. */
    public Approval ended() throws Exception {
      return end.get(20, TimeUnit.SECONDS);
    }
  }

  /** Ask a question of high risk. */
  public Asked ask(String command) throws Exception {
    return ask(command, Duration.ofMinutes(5));
  }

  /** Ask a question of high risk. */
  public Asked ask(String command, Duration timeout) throws Exception {
    return ask(Questions.question(command, 60, timeout));
  }

  /** Ask a question. */
  public Asked ask(Question question) throws Exception {
    CompletableFuture<Approval> end = new CompletableFuture<>();
    long id =
        book.ask(question, false, Optional.of((approval, terms) -> end.complete(approval)))
            .get(20, TimeUnit.SECONDS);
    return new Asked(id, end);
  }

  /** The process that waited says that it goes on. */
  public void release(long id) throws Exception {
    if (!book.released(Questions.SESSION, id, Questions.ALIVE, Optional.empty())) {
      throw new AssertionError("not ours");
    }
  }

  /** The audit records of a kind, oldest first. */
  public List<String> audited(String kind) throws StoreException {
    return database.read(
        connection -> {
          List<String> records = new ArrayList<>();
          try (var select =
              connection.prepareStatement("SELECT record FROM audit WHERE kind = ? ORDER BY seq")) {
            select.setString(1, kind);
            try (var rows = select.executeQuery()) {
              while (rows.next()) {
                records.add(rows.getString(1));
              }
            }
          }
          return records;
        });
  }

  @Override
  public void close() throws IOException, StoreException {
    forgetAlarms();
    clock.shutdownNow();
    workers.shutdown();
    try {
      if (!workers.awaitTermination(10, TimeUnit.SECONDS)) {
        throw new AssertionError("work is left");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    journal.close();
    database.close();
    /* What failed while it ended would be tried again. */
    forgetAlarms();
  }

  private void forgetAlarms() {
    if (time instanceof FakeTime fake) {
      fake.forgetAlarms();
    }
  }
}
