package dev.aegis.daemon.core;

import dev.aegis.config.AegisHome;
import dev.aegis.config.LockOwner;
import dev.aegis.config.RunDirectory;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * The right to be the daemon of a home. The kernel takes it back when the process ends, however it
 * ends, so that a lock is never stale; only the record beside it can be.
 */
final class InstanceLock implements AutoCloseable {

  private final AegisHome home;
  private final FileChannel channel;
  private final Object file;
  private final LockOwner owner;

  private InstanceLock(AegisHome home, FileChannel channel, LockOwner owner) throws IOException {
    this.home = home;
    this.channel = channel;
    this.owner = owner;
    this.file = keyOf(home);
  }

  private static Object keyOf(AegisHome home) throws IOException {
    return Files.readAttributes(home.lock(), BasicFileAttributes.class).fileKey();
  }

  /**
   * Take the lock and record who holds it.
   *
   * @return empty when another daemon holds it
   */
  static Optional<InstanceLock> tryAcquire(AegisHome home, RunDirectory run) throws IOException {
    FileChannel channel =
        FileChannel.open(
            home.lock(),
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    boolean taken = false;
    try {
      taken = channel.tryLock() != null;
      if (!taken) {
        return Optional.empty();
      }
      long pid = ProcessHandle.current().pid();
      LockOwner owner = new LockOwner(pid, LockOwner.startTicksOf(pid), run, false);
      owner.write(home);
      return Optional.of(new InstanceLock(home, channel, owner));
    } catch (OverlappingFileLockException e) {
      return Optional.empty();
    } finally {
      if (!taken) {
        channel.close();
      }
    }
  }

  /**
   * Tell whether the lock still keeps others away: not when its file was deleted, as it is with the
   * home, or when another lies in its place.
   */
  boolean isCurrent() {
    try {
      return keyOf(home).equals(file);
    } catch (IOException e) {
      // Whatever hides the file from us hides it from the next daemon too.
      return false;
    }
  }

  /** Record that the control socket accepts. */
  void markReady() throws IOException {
    new LockOwner(owner.pid(), owner.startTicks(), owner.run(), true).write(home);
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(home.lockOwner());
    channel.close();
  }
}
