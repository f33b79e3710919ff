package dev.aegis.daemon.store;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Set;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What an error code of SQLite means to Aegis. */
final class SqliteFailure {

  /* The low byte of an extended code is its primary code. */
  private static final int PRIMARY = 0xff;
  private static final Set<SQLiteErrorCode> FINAL =
      Set.of(SQLiteErrorCode.SQLITE_CORRUPT, SQLiteErrorCode.SQLITE_NOTADB);
  private static final Set<SQLiteErrorCode> OF_DATABASE =
      Set.of(
          SQLiteErrorCode.SQLITE_FULL,
          SQLiteErrorCode.SQLITE_IOERR,
          SQLiteErrorCode.SQLITE_CORRUPT,
          SQLiteErrorCode.SQLITE_NOTADB,
          SQLiteErrorCode.SQLITE_READONLY);

  private SqliteFailure() {}

  /** Say what happened and what to do. */
  static StoreException explained(Path file, SQLException e) {
    String remedy =
        switch (code(e)) {
          case SQLITE_FULL -> "the disk is full: make room";
          case SQLITE_CORRUPT, SQLITE_NOTADB -> "it is corrupt: move it away and restore a copy";
          case SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_PERM ->
              "it cannot be written: check its permissions and those of its directory";
          default -> e.getMessage();
        };
    return new StoreException("the database " + file + " failed: " + remedy, e);
  }

  /** True when trying again later cannot help. */
  static boolean isFinal(SQLException e) {
    return FINAL.contains(code(e));
  }

  /** True when the database failed, false when it refused one statement. */
  static boolean isOfDatabase(SQLException e) {
    return OF_DATABASE.contains(code(e));
  }

  private static SQLiteErrorCode code(SQLException e) {
    return e instanceof SQLiteException sqlite
        ? SQLiteErrorCode.getErrorCode(sqlite.getResultCode().code & PRIMARY)
        : SQLiteErrorCode.UNKNOWN_ERROR;
  }
}
