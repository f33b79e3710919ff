package dev.aegis.daemon.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;

/**
 * The one writer of the database. Work is applied in the order of submission, in groups that share
 * one commit.
 */
public interface Journal {

  /**
   * Apply a change.
   *
   * @return completed once the change is as durable as asked, exceptionally when the database
   *     refused it; a caller that releases an operation must treat that as a denial
   */
  <T> CompletableFuture<T> submit(Durability durability, Change<T> change);

  /** A change to the database; runs on the writer's thread, inside its transaction. */
  @FunctionalInterface
  interface Change<T> {
    T apply(Connection connection) throws SQLException;
  }
}
