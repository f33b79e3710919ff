package dev.aegis.daemon.pipeline;

import dev.aegis.daemon.recent.LatestEntries;
import dev.aegis.policy.PolicyEngine;
import dev.aegis.policy.snapshot.Snapshot;
import java.util.List;
import java.util.Map;

/**
 * The snapshots of late: sessions of one program in one place under one policy have the same, and
 * to compile it is the daemon's heaviest work. Thread-safe; who comes meanwhile waits.
 */
final class CompiledSnapshots {

  private static final int MOST = 4;

  private final Map<Basis, Snapshot> snapshots = LatestEntries.used(MOST);

  /** All that a snapshot depends on, beside what is the same for all sessions of a daemon. */
  private record Basis(
      PolicyEngine policy,
      String wrapped,
      List<String> workspaces,
      List<String> scratch,
      List<String> ownState) {}

  /** Return the snapshot of one session under the policy that is in force now. */
  synchronized Snapshot of(SessionContext context) {
    PolicyEngine policy = context.policy();
    return snapshots.computeIfAbsent(
        new Basis(
            policy,
            context.session().request().wrapped(),
            context.workspaces(),
            context.scratch(),
            context.ownState()),
        basis -> policy.snapshot(SessionSurroundings.ofNobody(context)));
  }
}
