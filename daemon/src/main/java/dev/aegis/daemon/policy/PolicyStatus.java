package dev.aegis.daemon.policy;

import dev.aegis.policy.Verdict;
import java.nio.file.Path;
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
 */
public record PolicyStatus(
    Path path, State state, int rules, Verdict defaultAction, Optional<String> error) {

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
