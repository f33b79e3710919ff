package dev.aegis.policy.command;

import java.util.List;

/** Writes argument vectors as a shell would read them back. */
public final class Quoting {
  private static final String PLAIN = "_@%+=:,./-";

  private Quoting() {}

  /** Return words as one command line; parsing it gives the same words. */
  public static String quote(List<String> words) {
    StringBuilder line = new StringBuilder();
    for (String word : words) {
      if (line.length() > 0) {
        line.append(' ');
      }
      append(line, word, line.length() == 0);
    }
    return line.toString();
  }

  private static void append(StringBuilder line, String word, boolean first) {
    if (isPlain(word) && !(first && word.indexOf('=') >= 0)) {
      line.append(word);
    } else {
      line.append('\'').append(word.replace("'", "'\\''")).append('\'');
    }
  }

  private static boolean isPlain(String word) {
    if (word.isEmpty() || ShellWords.RESERVED.contains(word)) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      boolean plain = (c < 128 && Character.isLetterOrDigit(c)) || PLAIN.indexOf(c) >= 0;
      if (!plain) {
        return false;
      }
    }
    return true;
  }
}
