package dev.aegis.daemon.intercept;

import dev.aegis.policy.snapshot.Snapshot;

/** Compiles the policy in force for one session. Takes up to a second; not for the selector. */
@FunctionalInterface
public interface SnapshotSource {
  Snapshot of(Session session);
}
