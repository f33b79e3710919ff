package dev.aegis.daemon.audit;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Take obvious secrets out of text before it is stored: credentials in URLs, passwords among
 * arguments, authorization headers, and tokens that are known by their form.
 *
 * <p>A guess by form, made in linear time. It misses secrets that look like ordinary words.
 */
public final class Redactor {

  private static final String MARK = "[redacted]";

  /* What a value may consist of: up to a blank, a quote, or the end of a shell word or JSON text. */
  private static final String VALUE = "[^\\s'\"\\\\;|<>(),]+";
  private static final String NAME =
      "(?:[a-z0-9_-]*(?:password|passwd|passphrase|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credential)[a-z0-9_-]*)";

  private static final List<Rule> RULES =
      List.of(
          new Rule("([a-z][a-z0-9+.-]*://[^\\s/:@'\"]*):[^\\s/@'\"]+@", "$1:" + MARK + "@", "://"),
          new Rule("(--" + NAME + "[= ]['\"]?)" + VALUE, "$1" + MARK, "--"),
          new Rule("(\\b" + NAME + "\\s*[=:]\\s*['\"]?)" + VALUE, "$1" + MARK, "=", ":"),
          new Rule(
              "(authorization:\\s*(?:bearer|basic|token)\\s+)" + VALUE,
              "$1" + MARK,
              "authorization:"),
          new Rule(
              "\\b(?:gh[pousr]_|github_pat_|glpat-|npm_)[A-Za-z0-9_-]{16,}",
              MARK,
              "gh",
              "glpat-",
              "npm_"),
          new Rule("\\bsk-(?:ant-)?[A-Za-z0-9_-]{16,}", MARK, "sk-"),
          new Rule("\\bxox[abposr]-[A-Za-z0-9-]{10,}", MARK, "xox"),
          new Rule("\\b(?:AKIA|ASIA)[A-Z0-9]{16}\\b", MARK, "akia", "asia"),
          new Rule("\\bAIza[A-Za-z0-9_-]{30,}", MARK, "aiza"),
          new Rule("\\b[0-9]{8,10}:[A-Za-z0-9_-]{35}\\b", MARK, ":"),
          new Rule("\\beyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]*", MARK, "eyj"),
          new Rule(
              "-----BEGIN [A-Z ]*PRIVATE KEY-----[^-]*(?:-----END [A-Z ]*PRIVATE KEY-----)?",
              MARK,
              "-----begin"));

  /** One form of a secret, and what is left of it. */
  private static final class Rule {
    private final Pattern pattern;
    private final String replacement;
    private final List<String> signs;

    /* Most texts show none of the signs, in lower case, and are spared the expression. */
    Rule(String regex, String replacement, String... signs) {
      this.pattern = Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
      this.replacement = replacement;
      this.signs = List.of(signs);
    }

    boolean mayApply(String lowerCase) {
      for (String sign : signs) {
        if (lowerCase.contains(sign)) {
          return true;
        }
      }
      return false;
    }

    String apply(String text) {
      return pattern.matcher(text).replaceAll(replacement);
    }
  }

  /** Return the text with {@code [redacted]} in place of secrets. */
  public String redact(String text) {
    String lowerCase = text.toLowerCase(Locale.ROOT);
    String redacted = text;
    for (Rule rule : RULES) {
      if (rule.mayApply(lowerCase)) {
        redacted = rule.apply(redacted);
      }
    }
    return redacted;
  }

  /** Redact all texts of an event. */
  AuditEvent redact(AuditEvent event) {
    Map<String, Object> detail = new LinkedHashMap<>();
    event.detail().forEach((key, value) -> detail.put(key, redactValue(value)));
    return new AuditEvent(event.at(), event.kind(), event.session(), detail);
  }

  private Object redactValue(Object value) {
    if (value instanceof String text) {
      return redact(text);
    }
    if (value instanceof List<?> list) {
      return redactList(list);
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> copy = new LinkedHashMap<>();
      map.forEach((key, inner) -> copy.put(String.valueOf(key), redactValue(inner)));
      return copy;
    }
    return value;
  }

  /* An argument such as --password is followed by its value as an element of its own. */
  private List<Object> redactList(List<?> list) {
    List<Object> copy = new ArrayList<>();
    boolean secretFollows = false;
    for (Object element : list) {
      boolean hidden = secretFollows && element instanceof String;
      copy.add(hidden ? MARK : redactValue(element));
      secretFollows =
          element instanceof String text && text.startsWith("--") && SECRET_OPTION.matches(text);
    }
    return copy;
  }

  private static final Pattern SECRET_OPTION =
      Pattern.compile("--" + NAME, Pattern.CASE_INSENSITIVE);
}
