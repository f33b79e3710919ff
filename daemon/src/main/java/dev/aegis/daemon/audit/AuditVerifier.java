package dev.aegis.daemon.audit;

import dev.aegis.daemon.store.Queries;
import dev.aegis.daemon.store.StoreException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * Check the chain of the audit log from its first row to its head, and that approvals are what the
 * log says of them.
 */
public final class AuditVerifier {

  private final Queries queries;
  private final AuditKey key;

  public AuditVerifier(Queries queries, AuditKey key) {
    this.queries = queries;
    this.key = key;
  }

  /**
   * What was found.
   *
   * @param rows that are there
   * @param gaps rows that say that records were lost
   * @param head hash of the newest row, when there is one
   * @param anchored the row that the anchor names, when one was given and it is there
   * @param broken the first row that is not what it was, if any
   */
  public record Report(
      long rows,
      long gaps,
      Optional<String> head,
      Optional<Long> anchored,
      Optional<Broken> broken) {

    private Report with(Optional<String> complaint) {
      return new Report(rows, gaps, head, anchored, complaint.map(why -> new Broken(rows, why)));
    }
  }

  /**
   * A row that is not what it was.
   *
   * @param row its number, or the one that should be there
   * @param why one line for people
   */
  public record Broken(long row, String why) {}

  /** Read every row, as they stand at one moment. */
  public Report verify() throws StoreException {
    return verify(Optional.empty());
  }

  /**
   * Read every row, and look for an anchor among them.
   *
   * @param anchor a head of the chain, or how it begins, as it was posted outside this machine; a
   *     log that was written anew, even with the key, does not hold it
   */
  public Report verify(Optional<String> anchor) throws StoreException {
    return queries.read(connection -> walk(connection, anchor));
  }

  private Report walk(Connection connection, Optional<String> anchor) throws SQLException {
    ChainWalk walk = new ChainWalk(key, anchor);
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT * FROM audit ORDER BY seq")) {
      while (row.next()) {
        walk.step(row);
      }
    }
    Report chain = walk.end(ChainHead.readNote(connection));
    return chain.broken().isPresent() ? chain : chain.with(DecisionCheck.complaint(connection));
  }
}
