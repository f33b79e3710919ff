package dev.aegis.daemon.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** One transaction for a group of changes, each of which may be refused alone. */
final class GroupTransaction {

  private final Connection connection;
  private final PreparedStatement begin;
  private final PreparedStatement savepoint;
  private final PreparedStatement rollBackToSavepoint;
  private final PreparedStatement release;
  private final PreparedStatement commit;
  private final PreparedStatement rollBack;

  GroupTransaction(Connection connection) throws SQLException {
    this.connection = connection;
    this.begin = connection.prepareStatement("BEGIN IMMEDIATE");
    this.savepoint = connection.prepareStatement("SAVEPOINT change");
    this.rollBackToSavepoint = connection.prepareStatement("ROLLBACK TO change");
    this.release = connection.prepareStatement("RELEASE change");
    this.commit = connection.prepareStatement("COMMIT");
    this.rollBack = connection.prepareStatement("ROLLBACK");
  }

  /**
   * Apply and commit.
   *
   * @return those that were not refused
   * @throws SQLException when the database failed; then none is applied
   */
  List<Submission<?>> commit(List<Submission<?>> group) throws SQLException {
    List<Submission<?>> applied = new ArrayList<>();
    begin.executeUpdate();
    try {
      for (Submission<?> entry : group) {
        savepoint.executeUpdate();
        if (entry.apply(connection)) {
          applied.add(entry);
        } else {
          rollBackToSavepoint.executeUpdate();
        }
        release.executeUpdate();
      }
      commit.executeUpdate();
      return applied;
    } catch (SQLException e) {
      rollBack(e);
      throw e;
    }
  }

  private void rollBack(SQLException cause) {
    try {
      rollBack.executeUpdate();
    } catch (SQLException e) {
      /* SQLite rolls back by itself on the gravest errors and then knows of no transaction. */
      cause.addSuppressed(e);
    }
  }
}
