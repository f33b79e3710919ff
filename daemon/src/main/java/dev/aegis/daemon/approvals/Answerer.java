package dev.aegis.daemon.approvals;

import dev.aegis.config.Role;

/**
 * Who answers.
 *
 * @param key names the person for good, whatever they call themselves: {@code telegram:123}
 * @param name as other people read it
 * @param role what they may do
 */
public record Answerer(String key, String name, Role role) {

  /** Return the one who answers on this machine. */
  public static Answerer local(String user, Role role) {
    return new Answerer("local:" + user, user, role);
  }
}
