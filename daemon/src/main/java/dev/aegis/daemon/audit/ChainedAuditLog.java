package dev.aegis.daemon.audit;

import dev.aegis.daemon.store.Durability;
import dev.aegis.daemon.store.Journal;
import dev.aegis.daemon.store.Journal.Change;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;

/**
 * The audit log as a chain: each row carries a keyed hash of its own text and of the row before,
 * and the head of the chain is kept beside it, so that a change, a removal and a lost end all show.
 */
public final class ChainedAuditLog implements AuditLog {

  private final Journal journal;
  private final AuditKey key;
  private final Redactor redactor;
  private ChainWriter writer;

  public ChainedAuditLog(Journal journal, AuditKey key, Redactor redactor) {
    this.journal = journal;
    this.key = key;
    this.redactor = redactor;
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
    long sequence = head.sequence() + 1;
    String record = CanonicalJson.write(sequence, event);
    String mac = key.authenticate(head.mac(), record);
    writer(connection).append(event, record, head, new ChainHead(sequence, mac), key);
    return sequence;
  }

  /* Used on the journal's thread alone. */
  private ChainWriter writer(Connection connection) throws SQLException {
    if (writer == null || !writer.isOn(connection)) {
      writer = new ChainWriter(connection);
    }
    return writer;
  }
}
