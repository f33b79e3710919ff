package dev.aegis.policy.meaning;

import com.google.re2j.Pattern;
import java.util.Locale;

/** What statements of SQL mean, whatever comments and quoted texts stand in them. */
final class SqlMeaning {
  private static final int LONGEST = 200_000;
  private static final Meaning DESTROY =
      Meaning.of("data.destroy", 75, "deletes data that cannot be brought back");
  private static final Meaning ALL_ROWS =
      Meaning.of("data.destroy", 65, "changes or deletes every row");
  private static final Meaning ACCOUNTS =
      Meaning.of("privilege.accounts", 60, "changes who may do what in the database");
  private static final Meaning REACHES_OUT =
      Meaning.of("command.unknown", 75, "runs programs or touches files through the database");

  private static final Pattern DROPS =
      Pattern.compile(
          "^DROP |^TRUNCATE|^ALTER .* DROP |^DELETE DATABASE|^PURGE |^RESET MASTER|^VACUUM INTO ");
  private static final Pattern DELETES = Pattern.compile("\\bDELETE FROM \\S+|\\bUPDATE \\S+ SET ");
  private static final Pattern WHERE = Pattern.compile("\\b(WHERE|LIMIT|USING|CURRENT OF)\\b");
  private static final Pattern ALWAYS =
      Pattern.compile(
          "\\bWHERE \\(?(1|TRUE|1 ?= ?1|'\\?' ?= ?'\\?'|0 ?= ?0|NOT FALSE)\\)?( OR .*)?$");
  private static final Pattern RIGHTS =
      Pattern.compile(
          "^(GRANT|REVOKE) |^(CREATE|ALTER) (USER|ROLE|LOGIN) |^SET PASSWORD|SUPERUSER|^ALTER SYSTEM ");
  private static final Pattern OUTSIDE =
      Pattern.compile(
          "\\b(TO|FROM) PROGRAM\\b|\\bINTO (OUT|DUMP)FILE\\b|\\bXP_CMDSHELL\\b|\\bLOAD_FILE ?\\(|\\bLO_(IMPORT|EXPORT) ?\\("
              + "|\\bPG_(READ|WRITE|LS)_|\\bLOAD_EXTENSION ?\\(|^\\\\! ?|^\\.(SHELL|SYSTEM) |^SYSTEM |\\bSYS_EXEC|\\bDBMS_SCHEDULER"
              + "|\\bUTL_FILE|^CREATE .*FUNCTION .*\\bLANGUAGE C\\b|\\bPLPYTHON|^ATTACH DATABASE '/");

  private SqlMeaning() {}

  /** Tell what a text of statements would do. */
  static Meaning of(String text) {
    if (text.isBlank() || text.length() > LONGEST) {
      return Meaning.NONE;
    }
    Meaning all = Meaning.NONE;
    for (String statement : plain(text).split("[;\\n]{1}(?=\\s|$|\\S)", -1)) {
      all = all.and(statement(statement.strip().replaceAll("\\s+", " ")));
    }
    return all.and(whole(plain(text).replaceAll("\\s+", " ")));
  }

  private static Meaning statement(String statement) {
    Meaning meaning = Meaning.NONE;
    if (DROPS.matcher(statement).find()) {
      meaning = meaning.and(DESTROY);
    }
    if (RIGHTS.matcher(statement).find()) {
      meaning = meaning.and(ACCOUNTS);
    }
    if (OUTSIDE.matcher(statement).find()) {
      meaning = meaning.and(REACHES_OUT);
    }
    return meaning;
  }

  /**
   * Statements may run over several lines: those that need a condition are looked at as a whole.
   */
  private static Meaning whole(String text) {
    Meaning all = Meaning.NONE;
    for (String statement : text.split(";", -1)) {
      String one = statement.strip();
      boolean changes = DELETES.matcher(one).find();
      if (changes && (!WHERE.matcher(one).find() || ALWAYS.matcher(one).find())) {
        all = all.and(ALL_ROWS);
      }
      if (DROPS.matcher(one).find()) {
        all = all.and(DESTROY);
      }
    }
    return all;
  }

  /** Return the text in capitals, without comments, and with {@code '?'} for every quoted text. */
  private static String plain(String text) {
    StringBuilder out = new StringBuilder(text.length());
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\'') {
        at = end(text, at + 1, '\'');
        out.append("'?'");
      } else if (text.startsWith("--", at)) {
        int line = text.indexOf('\n', at);
        at = line < 0 ? text.length() : line;
      } else if (text.startsWith("/*", at)) {
        int close = text.indexOf("*/", at + 2);
        at = close < 0 ? text.length() : close + 2;
        out.append(' ');
      } else {
        out.append(c == '"' || c == '`' ? ' ' : c);
        at++;
      }
    }
    return out.toString().toUpperCase(Locale.ROOT);
  }

  private static int end(String text, int from, char quote) {
    int at = from;
    while (at < text.length()) {
      if (text.charAt(at) == quote) {
        boolean doubled = at + 1 < text.length() && text.charAt(at + 1) == quote;
        if (!doubled) {
          return at + 1;
        }
        at++;
      }
      at++;
    }
    return text.length();
  }
}
