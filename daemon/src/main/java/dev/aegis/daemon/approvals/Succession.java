package dev.aegis.daemon.approvals;

import dev.aegis.daemon.audit.AuditLog;
import dev.aegis.daemon.audit.Testimony;
import dev.aegis.daemon.store.Durability;
import dev.aegis.daemon.store.Queries;
import dev.aegis.daemon.store.StoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One daemon after another: reads once what the one before left, and notes that it was taken up.
 */
final class Succession {

  private static final Logger LOG = LoggerFactory.getLogger(Succession.class);

  private final AuditLog audit;
  private final Testimony testimony;
  private final Queries queries;
  private Inheritance inherited;

  Succession(AuditLog audit, Testimony testimony, Queries queries) {
    this.audit = audit;
    this.testimony = testimony;
    this.queries = queries;
  }

  /** Return what was left; the first call reads and writes. */
  synchronized Inheritance inherited() throws StoreException {
    if (inherited == null) {
      Instant now = Instant.now();
      Optional<List<Testimony.Line>> lines =
          queries.read(
              connection ->
                  testimony.since(connection, AuditLines.Kind.TAKEN_UP.word(), Inheritance.KINDS));
      if (lines.isEmpty()) {
        LOG.error(
            "others have changed the audit log: every session is held until an admin resumes");
      }
      Inheritance left = lines.map(Inheritance::of).orElseGet(() -> Inheritance.distrusted(now));
      inherited = left.ofSessions(queries.read(Succession::alive));
      record(inherited, lines.isPresent(), now);
    }
    return inherited;
  }

  /* Those that the daemon before had not ended; a session that goes on is one of them. */
  private static Set<String> alive(Connection connection) throws SQLException {
    Set<String> alive = new HashSet<>();
    try (PreparedStatement select =
            connection.prepareStatement(
                "SELECT id FROM sessions WHERE state IN ('opened', 'running')");
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        alive.add(row.getString(1));
      }
    }
    return alive;
  }

  private void record(Inheritance taken, boolean whole, Instant at) throws StoreException {
    try {
      audit.append(taken.line(whole, at), Durability.SYNCED).get();
    } catch (ExecutionException e) {
      throw new StoreException("the audit log cannot be written: " + e.getCause().getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException("interrupted while the audit log was written", e);
    }
  }
}
