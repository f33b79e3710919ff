package dev.aegis.daemon.audit;

import dev.aegis.daemon.store.Queries;
import dev.aegis.daemon.store.StoreException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Reads the audit log a page at a time, without judging whether it is intact. */
public final class AuditReader {

  /* One row may hold hundreds of operations, and an answer must fit into one line. */
  private static final int LARGEST_PAGE = 4 * 1024 * 1024;

  private final Queries queries;

  public AuditReader(Queries queries) {
    this.queries = queries;
  }

  /**
   * Which rows are wanted.
   *
   * @param session of this session alone
   * @param kind of this kind, or of the kinds below it: {@code approval} means {@code
   *     approval.opened} too
   * @param since of this time or later
   */
  public record Filter(Optional<String> session, Optional<String> kind, Optional<Instant> since) {

    boolean takes(AuditRow row) {
      return since.isEmpty() || !row.at().isBefore(since.get());
    }
  }

  /**
   * Some of the rows, in their order.
   *
   * @param next the number after which there may be more; empty at the end
   */
  public record Page(List<AuditRow> rows, Optional<Long> next) {
    public Page {
      rows = List.copyOf(rows);
    }
  }

  /** Read the rows after a number, at most so many. */
  public Page after(long sequence, int limit, Filter filter) throws StoreException {
    return read("seq > ? ORDER BY seq", sequence, limit, filter);
  }

  /** Read the newest rows, at most so many; the page says nothing of what stands before them. */
  public Page newest(int limit, Filter filter) throws StoreException {
    List<AuditRow> rows =
        new ArrayList<>(read("seq < ? ORDER BY seq DESC", Long.MAX_VALUE, limit, filter).rows());
    Collections.reverse(rows);
    return new Page(rows, Optional.empty());
  }

  /** Return the newest row; empty while there is none. */
  public Optional<AuditRow> head() throws StoreException {
    Filter all = new Filter(Optional.empty(), Optional.empty(), Optional.empty());
    return newest(1, all).rows().stream().findFirst();
  }

  private Page read(String where, long bound, int limit, Filter filter) throws StoreException {
    return queries.read(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  "SELECT seq, at, kind, session, record, mac FROM audit WHERE (?1 IS NULL OR"
                      + " session = ?1) AND (?2 IS NULL OR kind = ?2 OR substr(kind, 1, length(?2)"
                      + " + 1) = ?2 || '.') AND "
                      + where.replace("?", "?3"))) {
            select.setString(1, filter.session().orElse(null));
            select.setString(2, filter.kind().orElse(null));
            select.setLong(3, bound);
            try (ResultSet row = select.executeQuery()) {
              return page(row, limit, filter);
            }
          }
        });
  }

  private static Page page(ResultSet row, int limit, Filter filter) throws SQLException {
    List<AuditRow> rows = new ArrayList<>();
    long characters = 0;
    while (row.next()) {
      AuditRow next = row(row);
      if (!filter.takes(next)) {
        continue;
      }
      characters += next.record().length();
      if (!rows.isEmpty() && (rows.size() == limit || characters > LARGEST_PAGE)) {
        return new Page(rows, Optional.of(rows.get(rows.size() - 1).sequence()));
      }
      rows.add(next);
    }
    return new Page(rows, Optional.empty());
  }

  private static AuditRow row(ResultSet row) throws SQLException {
    return new AuditRow(
        row.getLong("seq"),
        time(row),
        row.getString("kind"),
        row.getString("session"),
        row.getString("record"),
        row.getString("mac"));
  }

  /* A time that is none was not written by us; the row is shown all the same, as the oldest. */
  private static Instant time(ResultSet row) throws SQLException {
    try {
      return Instant.parse(row.getString("at"));
    } catch (DateTimeParseException e) {
      return Instant.EPOCH;
    }
  }
}
