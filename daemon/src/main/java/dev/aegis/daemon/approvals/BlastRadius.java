package dev.aegis.daemon.approvals;

/**
 * What would be gone if an operation were a mistake, as far as it could be counted in time.
 *
 * @param files files and directories that are affected
 * @param bytes their size
 * @param notInGit how many of them git could not give back
 * @param outsideWorkspace how many of them lie outside the session's workspaces
 * @param complete false when counting was cut short: every number then means "more than"
 */
public record BlastRadius(
    long files, long bytes, long notInGit, long outsideWorkspace, boolean complete) {

  /** Nothing that could be counted. */
  public static final BlastRadius NONE = new BlastRadius(0, 0, 0, 0, true);
}
