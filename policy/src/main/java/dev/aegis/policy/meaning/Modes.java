package dev.aegis.policy.meaning;

/** Modes as {@code chmod} takes them. */
final class Modes {
  private static final int SET_USER = 04000;
  private static final int SET_GROUP = 02000;

  private Modes() {}

  /** Return the permission bits that matter: of a number all, of letters the set-id bits. */
  static int of(String text) {
    if (text.matches("[0-7]{1,5}")) {
      return Integer.parseInt(text, 8);
    }
    int mode = 0;
    for (String clause : text.split(",", -1)) {
      int sign = Math.max(clause.indexOf('+'), clause.indexOf('='));
      if (sign < 0 || clause.indexOf('s', sign) < 0) {
        continue;
      }
      String who = clause.substring(0, sign);
      mode |= who.isEmpty() || who.matches(".*[ua].*") ? SET_USER : 0;
      mode |= who.isEmpty() || who.matches(".*[ga].*") ? SET_GROUP : 0;
    }
    return mode;
  }
}
