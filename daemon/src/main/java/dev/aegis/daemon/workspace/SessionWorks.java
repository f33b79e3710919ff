package dev.aegis.daemon.workspace;

import dev.aegis.daemon.kernel.KernelFiles;
import dev.aegis.operation.FileIdentity;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What one session made: objects by (device, inode, birth), learned from allowed creations and
 * verified by looking at them afterwards; and where it moved things that it did not make.
 * Thread-safe; looking touches the file system.
 */
final class SessionWorks {

  private static final int MANY = 1_000;
  private static final int MOST_KNOWN = 2_000_000;

  /* Births are stamped with the tick before, so they may lie a little before the question. */
  private static final Duration TICK = Duration.ofMillis(10);

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private record Thing(long device, long inode, Instant born) {
    static Thing of(FileIdentity identity) {
      return new Thing(identity.device(), identity.inode(), identity.born());
    }
  }

  private final Map<String, Instant> unverified = new ConcurrentHashMap<>();
  private final Set<Thing> made = ConcurrentHashMap.newKeySet();
  private final Set<Thing> mixed = ConcurrentHashMap.newKeySet();
  private final Set<String> movedInto = ConcurrentHashMap.newKeySet();

  /**
   * Note that the session may create a path, which did not exist when it asked. Touches no file.
   *
   * @return true when so many wait that {@link #verifyAll} should be called soon
   */
  boolean mayCreate(String path, Instant asked) {
    unverified.putIfAbsent(path, asked);
    return unverified.size() >= MANY;
  }

  /* What is not there yet may still come: whoever was allowed to make it makes it after the answer. */
  private void verify(String path) {
    Instant asked = unverified.get(path);
    if (asked == null) {
      return;
    }
    Optional<FileIdentity> found = KernelFiles.identify(path);
    found.ifPresent(identity -> learn(identity, asked));
    if (found.isPresent() || asked.isBefore(Instant.now().minus(PATIENCE))) {
      unverified.remove(path, asked);
    }
  }

  /** Look at everything that the session was allowed to create. */
  void verifyAll() {
    unverified.keySet().forEach(this::verify);
  }

  private void learn(FileIdentity identity, Instant asked) {
    if (!identity.born().isBefore(asked.minus(TICK)) && made.size() < MOST_KNOWN) {
      made.add(Thing.of(identity));
    }
  }

  /**
   * Note that the session may move or link something that is not its own.
   *
   * @param source what is moved
   * @param destination its new name
   */
  void mayMove(String source, String destination) {
    verify(source);
    // What is there now may be the session's own; what comes there is judged by where it came from.
    verify(destination);
    unverified.remove(destination);
    Optional<FileIdentity> object = KernelFiles.identify(source);
    if (object.map(this::isMade).orElse(false)) {
      return;
    }
    for (String at = destination; !at.isEmpty(); at = parent(at)) {
      movedInto.add(at);
      KernelFiles.identify(at).ifPresent(identity -> mixed.add(Thing.of(identity)));
    }
  }

  private static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash <= 0 ? "" : path.substring(0, slash);
  }

  /** Tell whether something that the session did not make was moved to a path or below it. */
  boolean movedInto(String path) {
    return movedInto.contains(path);
  }

  /** Tell whether the session made exactly this object, and moved nothing foreign into it. */
  boolean made(FileIdentity identity) {
    verifyAll();
    return isMade(identity);
  }

  private boolean isMade(FileIdentity identity) {
    Thing thing = Thing.of(identity);
    return !identity.born().equals(Instant.EPOCH) && made.contains(thing) && !mixed.contains(thing);
  }
}
