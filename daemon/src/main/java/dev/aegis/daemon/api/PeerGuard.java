package dev.aegis.daemon.api;

import dev.aegis.config.LockOwner;
import java.io.IOException;
import java.util.function.IntPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What keeps supervised processes from changing anything. The peer is asked about when it connects
 * and again at each call, and it must still be the same process: a pid changes hands once its
 * process is gone, and the descriptor of a connection may have gone to somebody else.
 */
final class PeerGuard implements CallTable.Guard {

  private static final Logger LOG = LoggerFactory.getLogger(PeerGuard.class);

  private final int pid;
  private final IntPredicate supervised;
  private final long startTicks;
  private final boolean supervisedAtFirst;

  /**
   * Guard against one peer.
   *
   * @throws IOException when the peer is gone already
   */
  PeerGuard(int pid, IntPredicate supervised) throws IOException {
    this.pid = pid;
    this.supervised = supervised;
    this.startTicks = LockOwner.startTicksOf(pid);
    this.supervisedAtFirst = supervised.test(pid);
  }

  @Override
  public void refuseSupervised(String call) throws RefusedCall {
    if (supervisedAtFirst || supervised.test(pid)) {
      throw refused(call + " is refused: pid " + pid + " runs inside a supervised session");
    }
    if (!isStillThere()) {
      throw refused(call + " is refused: pid " + pid + ", which connected, is gone");
    }
  }

  private boolean isStillThere() {
    try {
      return LockOwner.startTicksOf(pid) == startTicks;
    } catch (IOException e) {
      LOG.debug("pid {} is gone", pid, e);
      return false;
    }
  }

  private static RefusedCall refused(String message) {
    LOG.warn("{}", message);
    return new RefusedCall(RefusedCall.SECURITY, message);
  }
}
