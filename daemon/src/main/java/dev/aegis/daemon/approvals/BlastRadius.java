package dev.aegis.daemon.approvals;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

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

  private static final String[] UNITS = {"B", "KB", "MB", "GB", "TB"};
  private static final double STEP = 1_000;

  /** Say in one line what would be gone; empty when nothing could be counted. */
  public String text() {
    if (files == 0) {
      return "";
    }
    List<String> parts = new ArrayList<>();
    parts.add(files == 1 ? "1 file" : files + " files");
    parts.add(size());
    if (notInGit > 0) {
      parts.add(notInGit + " not in git");
    }
    if (outsideWorkspace > 0) {
      parts.add(outsideWorkspace + " outside the workspace");
    }
    return (complete ? "" : "more than ") + String.join(", ", parts);
  }

  private String size() {
    double value = bytes;
    int unit = 0;
    while (value >= STEP && unit < UNITS.length - 1) {
      value /= STEP;
      unit++;
    }
    return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
  }
}
