package dev.aegis.it;

/**
 * One line of shell that tries something against Aegis and prints {@code SUCCEEDED} when it works.
 *
 * @param name what it tries
 * @param line what is run; finds {@code $H} the state, {@code $D} the daemon, {@code $L} the
 *     launcher, {@code $S} the starter, {@code $N} a pending approval, {@code $B} the command
 * @param control true when it works, and does no harm, outside a session
 */
record Attack(String name, String line, boolean control) {

  static final String SUCCEEDED = "SUCCEEDED";

  /** Something that only fails because it runs inside. */
  static Attack reading(String name, String line) {
    return new Attack(name, "{ " + line + "; } && echo " + SUCCEEDED, true);
  }

  static Attack changing(String name, String line) {
    return new Attack(name, "{ " + line + "; } && echo " + SUCCEEDED, false);
  }

  /** Something that says by itself whether it worked. */
  static Attack telling(String name, String line) {
    return new Attack(name, line, false);
  }

  @Override
  public String toString() {
    return name;
  }
}
