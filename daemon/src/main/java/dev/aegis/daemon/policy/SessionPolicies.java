package dev.aegis.daemon.policy;

import dev.aegis.policy.PolicyEngine;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/** The policies of sessions: the user's, and what the workspaces of each bring. Thread-safe. */
public interface SessionPolicies {

  /**
   * Return the policy of a session, which may become another one at any time.
   *
   * @param workspaces real paths
   */
  Supplier<PolicyEngine> of(String session, List<Path> workspaces);

  /** A session has ended: what its workspaces say no longer matters. */
  void ended(String session);

  /** Return what is wrong with what a session is judged by, one line each. */
  List<String> complaints(String session);

  /** Return policies that are the same for all. */
  static SessionPolicies common(Supplier<PolicyEngine> policy) {
    return new SessionPolicies() {
      @Override
      public Supplier<PolicyEngine> of(String session, List<Path> workspaces) {
        return policy;
      }

      @Override
      public List<String> complaints(String session) {
        return List.of();
      }

      @Override
      public void ended(String session) {
        /* Nothing was kept for it. */
      }
    };
  }
}
