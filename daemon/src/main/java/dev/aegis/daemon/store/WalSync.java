package dev.aegis.daemon.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Push what was committed to the disk itself. */
interface WalSync extends AutoCloseable {

  void sync() throws IOException;

  @Override
  void close() throws IOException;

  /**
   * Sync a database's write-ahead log. SQLite takes no locks on that file, so that a second
   * descriptor is harmless, and keeps it while any connection is open.
   */
  static WalSync of(Database database) throws IOException {
    try (FileChannel directory =
        FileChannel.open(database.file().getParent(), StandardOpenOption.READ)) {
      directory.force(true);
    }
    FileChannel log = FileChannel.open(database.writeAheadLog(), StandardOpenOption.WRITE);
    return new WalSync() {
      @Override
      public void sync() throws IOException {
        log.force(false);
      }

      @Override
      public void close() throws IOException {
        log.close();
      }

      @Override
      public String toString() {
        Path path = database.writeAheadLog();
        return "sync of " + path;
      }
    };
  }
}
