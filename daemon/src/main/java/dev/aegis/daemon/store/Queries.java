package dev.aegis.daemon.store;

import java.sql.Connection;
import java.sql.SQLException;

/** The readers of the database. They see what is committed and never wait for the writer. */
public interface Queries {

  /**
   * Run a query on a read-only connection of its own. All of its statements see the same state of
   * the database.
   */
  <T> T read(Query<T> query) throws StoreException;

  /** A question to the database. */
  @FunctionalInterface
  interface Query<T> {
    T run(Connection connection) throws SQLException;
  }
}
