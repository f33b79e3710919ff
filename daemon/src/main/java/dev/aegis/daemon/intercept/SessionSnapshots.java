package dev.aegis.daemon.intercept;

import dev.aegis.policy.snapshot.Snapshot;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the snapshots of one session: first the file, then its number in the page. A reporter
 * that sees another number, or none, asks.
 */
final class SessionSnapshots {

  private static final Logger LOG = LoggerFactory.getLogger(SessionSnapshots.class);
  private static final String PREFIX = "snapshot-";

  private final Session session;
  private final SessionPage page;
  private final SnapshotSource source;
  private final Executor executor;
  private boolean healthy = true;
  private boolean withdrawn;
  private boolean ended;

  SessionSnapshots(Session session, SessionPage page, SnapshotSource source, Executor executor) {
    this.session = session;
    this.page = page;
    this.source = source;
    this.executor = executor;
  }

  /** Compile the policy that is in force now, in the background; until then everything is asked. */
  void renew() {
    int generation = page.generation();
    executor.execute(
        () -> {
          try {
            publish(source.of(session), generation);
          } catch (IOException | RuntimeException e) {
            LOG.error("session {} goes on without a snapshot", session.id(), e);
          }
        });
  }

  private synchronized void publish(Snapshot snapshot, int generation) throws IOException {
    // A policy that changed meanwhile has its own snapshot under way.
    if (ended || withdrawn || !healthy || snapshot.isEmpty() || page.generation() != generation) {
      return;
    }
    forgetFiles();
    ByteBuffer bytes = snapshot.file(generation);
    try (FileChannel file =
        FileChannel.open(
            session.directory().resolve(PREFIX + Integer.toUnsignedString(generation)),
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r--------")))) {
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
    }
    page.announceSnapshot(generation);
    LOG.debug("session {}: snapshot of {} bytes", session.id(), snapshot.bytes());
  }

  /** From now on everything is asked, to the end of the session. */
  synchronized void giveUp() throws IOException {
    withdrawn = true;
    page.announceSnapshot(0);
  }

  /** Tell whether records can be kept: while not, everything is asked. */
  synchronized void healthy(boolean now) throws IOException {
    if (healthy == now) {
      return;
    }
    healthy = now;
    if (now) {
      page.nextGeneration();
      renew();
    } else {
      page.announceSnapshot(0);
    }
  }

  /** The next daemon publishes from now on; the file in force stays. */
  synchronized void leave() {
    ended = true;
  }

  /** The session has ended. */
  synchronized void end() throws IOException {
    ended = true;
    forgetFiles();
  }

  private void forgetFiles() throws IOException {
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(session.directory(), PREFIX + "*")) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    }
  }
}
