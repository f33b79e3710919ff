package dev.aegis.daemon.policy;

import dev.aegis.policy.Verdict;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What is known of the policy in force.
 *
 * @param path of the user's rules
 * @param state of that file as it stands now
 * @param rules of all layers in force
 * @param defaultAction verdict when no rule matches
 * @param error why the files as they stand now are not in force
 * @param projects what the workspaces of open sessions bring
 */
public record PolicyStatus(
    Path path,
    State state,
    int rules,
    Verdict defaultAction,
    Optional<String> error,
    List<Project> projects) {

  public PolicyStatus {
    projects = List.copyOf(projects);
  }

  /**
   * What is known of the policy of one workspace.
   *
   * @param trusted true when it may allow, and not only tighten
   * @param error why the file as it stands now is not in force
   */
  public record Project(String path, State state, boolean trusted, Optional<String> error) {}

  /** Whether the user's rules are in force. */
  public enum State {
    LOADED,
    /** There is no file; the shipped profile is in force. */
    ABSENT,
    /** The files as they stand now are not in force: the last good ones are, or deny-all. */
    BROKEN;

    /** Return the word that people and JSON see. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
