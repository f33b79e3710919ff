package dev.aegis.daemon.store;

import dev.aegis.config.OwnerOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import org.sqlite.SQLiteConfig;

/**
 * The database file: opened, migrated, with a few read-only connections and the one that writes.
 */
public final class Database implements Queries, AutoCloseable {

  private static final int BUSY_TIMEOUT_MS = 5_000;

  /* Of each connection: the system keeps the file in memory anyway. */
  private static final int CACHE_KIB = 512;

  private static final int READERS_KEPT = 4;

  private final Path file;
  private final Connection writer;
  private final Object identity;
  private final Deque<Connection> readers = new ArrayDeque<>();
  private boolean closed;

  private Database(Path file, Connection writer) throws IOException {
    this.file = file;
    this.writer = writer;
    this.identity = identity();
  }

  private Object identity() throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
  }

  /**
   * Open a database and bring its schema up to date; make it when it is missing.
   *
   * @throws StoreException when it is corrupt, newer than this version, or cannot be written
   */
  public static Database open(Path file) throws StoreException {
    return open(file, Migrations.shipped());
  }

  static Database open(Path file, Migrations migrations) throws StoreException {
    try {
      if (!Files.exists(file)) {
        OwnerOnly.createDirectory(file.getParent());
        OwnerOnly.write(file, "");
      }
      Connection writer = connect(file, false);
      try {
        refuseCorrupt(writer, file);
        migrations.apply(writer);
        return new Database(file.toRealPath(), writer);
      } catch (SQLException | IOException | StoreException | RuntimeException e) {
        writer.close();
        throw e;
      }
    } catch (SQLException e) {
      throw SqliteFailure.explained(file, e);
    } catch (IOException e) {
      throw new StoreException("cannot open the database " + file + ": " + e.getMessage(), e);
    }
  }

  private static Connection connect(Path file, boolean readOnly) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(readOnly);
    config.setBusyTimeout(BUSY_TIMEOUT_MS);
    config.enforceForeignKeys(true);
    config.setGetGeneratedKeys(false);
    config.setCacheSize(-CACHE_KIB);
    if (!readOnly) {
      config.setJournalMode(SQLiteConfig.JournalMode.WAL);
      config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
    }
    return config.createConnection("jdbc:sqlite:" + file);
  }

  private static void refuseCorrupt(Connection connection, Path file)
      throws SQLException, StoreException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA quick_check(1)")) {
      String answer = row.next() ? row.getString(1) : "no answer";
      if (!answer.equals("ok")) {
        throw new StoreException(
            "the database %s is corrupt (%s): move it away and restore a copy"
                .formatted(file, answer));
      }
    }
  }

  /** The connection of the one writer; used by its thread alone. */
  Connection writer() {
    return writer;
  }

  /**
   * Tell whether another file stands in the place of the one that was opened, or none: what is
   * written then reaches nobody.
   */
  boolean isExchanged() {
    try {
      return !identity.equals(identity());
    } catch (IOException e) {
      return true;
    }
  }

  /** The write-ahead log, which a sync must reach. */
  Path writeAheadLog() {
    return file.resolveSibling(file.getFileName() + "-wal");
  }

  public Path file() {
    return file;
  }

  @Override
  public <T> T read(Query<T> query) throws StoreException {
    try {
      Connection reader = borrow();
      boolean healthy = false;
      try {
        T result = query.run(reader);
        reader.commit();
        healthy = true;
        return result;
      } finally {
        giveBack(reader, healthy);
      }
    } catch (SQLException e) {
      throw SqliteFailure.explained(file, e);
    }
  }

  private Connection borrow() throws SQLException {
    synchronized (readers) {
      if (closed) {
        throw new SQLException("the database is closed");
      }
      Connection kept = readers.pollFirst();
      if (kept != null) {
        return kept;
      }
    }
    Connection reader = connect(file, true);
    reader.setAutoCommit(false);
    return reader;
  }

  private void giveBack(Connection reader, boolean healthy) throws SQLException {
    synchronized (readers) {
      if (healthy && !closed && readers.size() < READERS_KEPT) {
        readers.addFirst(reader);
        return;
      }
    }
    reader.close();
  }

  /** Close every connection; SQLite then folds the write-ahead log into the file. */
  @Override
  public void close() throws StoreException {
    try {
      synchronized (readers) {
        closed = true;
        for (Connection reader : readers) {
          reader.close();
        }
        readers.clear();
      }
      writer.close();
    } catch (SQLException e) {
      throw SqliteFailure.explained(file, e);
    }
  }
}
