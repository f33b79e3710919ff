package dev.aegis.daemon.approvals;

import dev.aegis.daemon.store.Journal.Change;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What people said to a question that is still open, in the database. */
final class VoteRepository {

  private VoteRepository() {}

  /**
   * One approval of several.
   *
   * @param person key of the answerer
   * @param time of an approval for some minutes
   */
  record Vote(String person, String name, Scope scope, Duration time) {}

  /** Add a vote; a second one of the same person changes nothing. */
  static Change<Boolean> add(Answered answer, Instant at) {
    return connection -> {
      try (PreparedStatement insert =
          connection.prepareStatement(
              "INSERT OR IGNORE INTO votes (approval, person, name, channel, scope, seconds, at)"
                  + " SELECT id, ?, ?, ?, ?, ?, ? FROM approvals"
                  + " WHERE id = ? AND state = 'pending'")) {
        insert.setString(1, answer.by().key());
        insert.setString(2, answer.by().name());
        insert.setString(3, answer.channel());
        insert.setString(4, answer.scope().label());
        insert.setLong(5, answer.time().toSeconds());
        insert.setLong(6, at.toEpochMilli());
        insert.setLong(7, answer.id());
        return insert.executeUpdate() == 1;
      }
    };
  }

  static List<Vote> of(Connection connection, long approval) throws SQLException {
    List<Vote> votes = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT person, name, scope, seconds FROM votes WHERE approval = ? ORDER BY at, person")) {
      select.setLong(1, approval);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          votes.add(
              new Vote(
                  row.getString(1),
                  row.getString(2),
                  Scope.ofLabel(row.getString(3)),
                  Duration.ofSeconds(row.getLong(4))));
        }
      }
    }
    return votes;
  }

  /** Note who is about to deny; the first one stays. */
  static Change<Boolean> announceDenial(Answered denial) {
    return connection -> {
      try (PreparedStatement update =
          connection.prepareStatement(
              "UPDATE approvals SET denial_announced_by = ?"
                  + " WHERE id = ? AND state = 'pending' AND denial_announced_by = ''")) {
        update.setString(1, denial.by().name());
        update.setLong(2, denial.id());
        return update.executeUpdate() == 1;
      }
    };
  }

  static String denialAnnouncedBy(Connection connection, long approval) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT denial_announced_by FROM approvals WHERE id = ?")) {
      select.setLong(1, approval);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? row.getString(1) : "";
      }
    }
  }
}
