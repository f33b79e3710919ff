package dev.aegis.policy.command;

/**
 * A file that the shell itself opens for a step.
 *
 * @param write false when it is only read
 * @param target name of the file
 * @param printed true when what the step prints goes there
 * @param appends true when what the file holds stays
 */
public record Redirection(boolean write, Argument target, boolean printed, boolean appends) {

  static Redirection reading(Argument target) {
    return new Redirection(false, target, false, false);
  }

  static Redirection writing(Argument target) {
    return new Redirection(true, target, true, true);
  }
}
