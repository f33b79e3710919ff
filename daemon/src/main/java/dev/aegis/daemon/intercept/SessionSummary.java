package dev.aegis.daemon.intercept;

import java.util.List;

/**
 * What happened in a session.
 *
 * @param asked operations that reporters asked about
 * @param allowed of these
 * @param denied of these
 * @param approvals questions that were put to people
 * @param dryRun in a dry run: what would have asked, in order, one line each
 */
public record SessionSummary(
    String session, long asked, long allowed, long denied, long approvals, List<String> dryRun) {
  public SessionSummary {
    dryRun = List.copyOf(dryRun);
  }
}
