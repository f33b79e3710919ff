package dev.aegis.daemon.store;

import dev.aegis.daemon.store.Journal.Change;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;

/** A change that was submitted, and the future of the one who waits for it. */
final class Submission<T> {

  private final Durability durability;
  private final Change<T> change;
  private final CompletableFuture<T> future = new CompletableFuture<>();
  private T result;

  Submission(Durability durability, Change<T> change) {
    this.durability = durability;
    this.change = change;
  }

  Durability durability() {
    return durability;
  }

  CompletableFuture<T> future() {
    return future;
  }

  /**
   * Apply the change.
   *
   * @return false when the change was refused, which concerns nobody else
   * @throws SQLException when the database itself failed, which concerns the whole group
   */
  boolean apply(Connection connection) throws SQLException {
    try {
      result = change.apply(connection);
      return true;
    } catch (SQLException e) {
      if (SqliteFailure.isOfDatabase(e)) {
        throw e;
      }
      future.completeExceptionally(e);
      return false;
    } catch (RuntimeException e) {
      future.completeExceptionally(e);
      return false;
    }
  }

  void complete() {
    future.complete(result);
  }
}
