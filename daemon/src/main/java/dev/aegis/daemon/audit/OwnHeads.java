package dev.aegis.daemon.audit;

import dev.aegis.daemon.recent.LatestEntries;
import java.util.Map;

/**
 * The newest heads that this process wrote. More than one, because a transaction that is rolled
 * back makes an earlier one the head again.
 */
final class OwnHeads {

  private static final int REMEMBERED = 4_096;

  private final Map<Long, String> heads = LatestEntries.written(REMEMBERED);
  private ChainHead newest = ChainHead.NONE;

  void wrote(ChainHead head) {
    heads.put(head.sequence(), head.mac());
    newest = head;
  }

  ChainHead newest() {
    return newest;
  }

  /** Tell whether a head is none of ours; the first one that is seen is taken as it is. */
  boolean isForeign(ChainHead head) {
    if (heads.isEmpty()) {
      wrote(head);
      return false;
    }
    return !head.mac().equals(heads.get(head.sequence()));
  }
}
