package dev.aegis.daemon.audit;

import dev.aegis.daemon.store.Durability;
import dev.aegis.daemon.store.Journal;
import dev.aegis.daemon.store.Journal.Change;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The audit log as a chain: each row carries a keyed hash of its own text and of the row before,
 * and the head of the chain is kept beside it, so that a change, a removal and a lost end all show.
 *
 * <p>This is the only writer while it lives. A head that it did not write was written by somebody
 * else, even when that one has the key: it says so in a row of its own and goes on.
 */
public final class ChainedAuditLog implements AuditLog {

  /** Kind of the row that says that others have written. */
  static final String TAMPERED = "audit.tampered";

  private static final Logger LOG = LoggerFactory.getLogger(ChainedAuditLog.class);

  private final Journal journal;
  private final AuditKey key;
  private final Redactor redactor;
  private final List<Consumer<AuditEvent>> listeners = new CopyOnWriteArrayList<>();
  private final OwnHeads ownHeads = new OwnHeads();
  private ChainWriter writer;

  public ChainedAuditLog(Journal journal, AuditKey key, Redactor redactor) {
    this.journal = journal;
    this.key = key;
    this.redactor = redactor;
  }

  /**
   * Hear of every event that is about to be committed, on the journal's thread; the listener must
   * not block and must not write.
   */
  public void listen(Consumer<AuditEvent> listener) {
    listeners.add(listener);
  }

  @Override
  public CompletableFuture<Long> append(AuditEvent event, Durability durability) {
    return journal.submit(durability, change(event));
  }

  @Override
  public Change<Long> change(AuditEvent event) {
    AuditEvent redacted = redactor.redact(event);
    return connection -> append(connection, redacted);
  }

  private long append(Connection connection, AuditEvent event) throws SQLException {
    ChainHead head = writer(connection).head();
    if (ownHeads.isForeign(head)) {
      head = write(connection, tampering(head), head);
    }
    return write(connection, event, head).sequence();
  }

  private AuditEvent tampering(ChainHead found) {
    ChainHead expected = ownHeads.newest();
    LOG.error(
        "others have written to the audit log: its head should be row {} and is row {}",
        expected.sequence(),
        found.sequence());
    return new AuditEvent(
        Instant.now(),
        TAMPERED,
        "",
        Map.of(
            "expected_row", expected.sequence(),
            "expected_head", expected.mac(),
            "found_row", found.sequence(),
            "found_head", found.mac()));
  }

  private ChainHead write(Connection connection, AuditEvent event, ChainHead before)
      throws SQLException {
    long sequence = before.sequence() + 1;
    String record = CanonicalJson.write(sequence, event);
    ChainHead head = new ChainHead(sequence, key.authenticate(before.mac(), record));
    writer(connection).append(event, record, before, head, key);
    ownHeads.wrote(head);
    listeners.forEach(listener -> listener.accept(event));
    return head;
  }

  /* Used on the journal's thread alone. */
  private ChainWriter writer(Connection connection) throws SQLException {
    if (writer == null || !writer.isOn(connection)) {
      writer = new ChainWriter(connection);
    }
    return writer;
  }
}
