package dev.aegis.daemon.audit;

import com.google.re2j.Pattern;
import java.util.List;

/**
 * One form that secrets have in text, and what is left of it.
 *
 * <p>Linear-time expressions alone. Most texts show none of a form's signs and are spared it.
 */
final class SecretForm {

  static final String MARK = "[redacted]";

  /* A value goes up to a blank, a quote, or the end of a shell word; a quoted one to its quote. */
  private static final String VALUE = "(?:'[^']*'|\\\\?\"[^\"]*\"|[^\\s'\"\\\\;|<>(),&]+)";
  private static final String TELLING =
      "(?:password|passwd|passphrase|passcode|secret|token|api[_-]?key|apikey|access[_-]?key|private[_-]?key"
          + "|signing[_-]?key|encryption[_-]?key|credential|cookie|_auth\\b|bearer|signature)";
  private static final String NAME = "(?:[a-z0-9_.-]*" + TELLING + "[a-z0-9_-]*)";

  static final Pattern OPTION = insensitive("--?" + NAME);
  static final Pattern KEY = insensitive(NAME);

  /** The forms, in the order in which they are taken out. */
  static final List<SecretForm> ALL =
      List.of(
          of("([a-z][a-z0-9+.-]*://[^\\s/:@'\"]*):[^\\s/@'\"]+@", "$1:" + MARK + "@", "://"),
          of("([?&;]" + NAME + "=|[?&](?:sig|code|key|auth)=)[^&\\s'\"#]+", "$1" + MARK, "="),
          of("(--" + NAME + "(?:=|\\s+))" + VALUE, "$1" + MARK, "--"),
          of("(\\b" + NAME + "\\\\?[\"']?\\s*[=:]\\s*)" + VALUE, "$1" + MARK, "=", ":"),
          of("(authorization:\\s*(?:[a-z0-9-]+\\s+)?)" + VALUE, "$1" + MARK, "authorization:"),
          of("(\\b(?:set-)?cookie:\\s*)[^'\"\\n]+", "$1" + MARK, "cookie:"),
          ofProgram(
              "curl|wget", "(?:-u|--user|--proxy-user)[\\s=]*['\"]?[^\\s:'\"]*:", "curl", "wget"),
          ofProgram("sshpass", "-p\\s*", "sshpass"),
          ofProgram("mysql[a-z]*|mariadb[a-z-]*|7za?", "-p", "mysql", "mariadb", "7z"),
          ofProgram(
              "(?:docker|podman|buildah|skopeo|helm|oc|az)\\s+(?:registry\\s+)?login",
              "-p[\\s=]*",
              "login"),
          ofProgram("redis-cli", "-a\\s+", "redis-cli"),
          ofProgram("ldap[a-z]+", "-w\\s*", "ldap"),
          ofProgram("smbclient|rpcclient", "-U\\s*['\"]?[^\\s%'\"]*%", "client"),
          ofProgram("zip|unzip", "-P\\s*", "zip"),
          of("(\\b(?:pass|passin|passout)[\\s=]+pass:|\\bpass:)" + VALUE, "$1" + MARK, "pass:"),
          of("(--from-literal[=\\s]+['\"]?[^\\s='\"]+=)" + VALUE, "$1" + MARK, "--from-literal"),
          of(
              "\\b(?:gh[pousr]_|github_pat_|npm_|pypi-|hf_|dckr_pat_|dop_v1_|lin_api_|figd_|sbp_|ntn_|gsk_|r8_|pplx-|xai-)"
                  + "[A-Za-z0-9_]{0,8}[A-Za-z0-9]{16,}[A-Za-z0-9_]*",
              MARK,
              "gh",
              "npm_",
              "pypi-",
              "hf_",
              "dckr_pat_",
              "dop_v1_",
              "lin_api_",
              "figd_",
              "sbp_",
              "ntn_",
              "gsk_",
              "r8_",
              "pplx-",
              "xai-"),
          of("\\bgl(?:pat|dt|rt|ptt|cbt|soat|ft|imt|agent)-[A-Za-z0-9_-]{16,}", MARK, "gl"),
          of("\\bshp(?:at|ss|ca|pa)_[a-f0-9]{32}", MARK, "shp"),
          of("\\btskey-[a-z]+-[A-Za-z0-9-]{16,}", MARK, "tskey-"),
          of(
              "\\b(?:sk-(?:ant-|proj-)?|[srp]k_(?:live|test)_|whsec_|hvs\\.|ATATT3|ya29\\.|1//0|PMAK-|sq0[a-z]{3}-)[A-Za-z0-9_-]{16,}",
              MARK, "sk-", "k_live_", "k_test_", "whsec_", "hvs.", "atatt3", "ya29.", "1//0",
              "pmak-", "sq0"),
          of("\\bSG\\.[A-Za-z0-9_-]{16,}\\.[A-Za-z0-9_-]{16,}", MARK, "sg."),
          of("\\bkey-[0-9a-f]{32}\\b", MARK, "key-"),
          of("\\bxox[abeposr]-[A-Za-z0-9-]{10,}|\\bxapp-[A-Za-z0-9-]{10,}", MARK, "xox", "xapp-"),
          of(
              "(hooks\\.slack\\.com/(?:services|workflows)/)[A-Za-z0-9/_-]+",
              "$1" + MARK,
              "hooks.slack.com"),
          of("(/api/webhooks/[0-9]+/)[A-Za-z0-9_-]+", "$1" + MARK, "/api/webhooks/"),
          of("\\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}\\b", MARK, "akia", "asia", "abia", "acca"),
          of("\\bAIza[A-Za-z0-9_-]{30,}", MARK, "aiza"),
          of("\\bEAA[A-Za-z0-9]{24,}", MARK, "eaa"),
          of("\\bAGE-SECRET-KEY-1[A-Z0-9]{20,}", MARK, "age-secret-key-1"),
          of("(\\bbot|\\b)[0-9]{6,12}:[A-Za-z0-9_-]{32,}", "$1" + MARK, ":"),
          of("\\beyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}\\.?[A-Za-z0-9_.-]*", MARK, "eyj"),
          of(
              "-----BEGIN [A-Z ]*PRIVATE KEY-----[^-]*(?:-----END [A-Z ]*PRIVATE KEY-----)?",
              MARK,
              "-----begin"));

  private final Pattern pattern;
  private final String replacement;
  private final List<String> signs;

  private SecretForm(Pattern pattern, String replacement, List<String> signs) {
    this.pattern = pattern;
    this.replacement = replacement;
    this.signs = signs;
  }

  private static SecretForm of(String regex, String replacement, String... signs) {
    return new SecretForm(insensitive(regex), replacement, List.of(signs));
  }

  /* Short options mean a password to some programs alone, and their letters tell cases apart. */
  private static SecretForm ofProgram(String program, String option, String... signs) {
    return new SecretForm(
        Pattern.compile("(\\b(?:" + program + ")\\s(?:[^;|&]*\\s)??" + option + ")" + VALUE),
        "$1" + MARK,
        List.of(signs));
  }

  private static Pattern insensitive(String regex) {
    return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
  }

  /** Take the form out of a text, which also stands in lower case. */
  String takenOut(String text, String lowerCase) {
    return showsSign(lowerCase) ? pattern.matcher(text).replaceAll(replacement) : text;
  }

  /* Asked of every text and by every form: a loop, for a stream takes longer than the look itself. */
  private boolean showsSign(String lowerCase) {
    for (String sign : signs) {
      if (lowerCase.contains(sign)) {
        return true;
      }
    }
    return false;
  }
}
