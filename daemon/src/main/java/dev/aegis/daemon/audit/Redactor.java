package dev.aegis.daemon.audit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Take secrets out of text before it is stored or sent: credentials in URLs, passwords among
 * arguments and variables, authorization headers, tokens that are known by their form, and words
 * that look drawn at random.
 *
 * <p>A guess by form, made in linear time. It misses secrets that look like ordinary words.
 */
public final class Redactor {

  private static final String BETWEEN_WORDS = "\n";
  private static final String OF_A_MOMENT = "0123456789-:.TZ";
  private static final int LONGEST_MOMENT = 30;

  private final HarmlessTexts harmless = new HarmlessTexts();
  private final HarmlessTexts harmlessKeys = new HarmlessTexts();

  /** Return the text with {@code [redacted]} in place of secrets. */
  public String redact(String text) {
    if (isMoment(text) || harmless.contains(text)) {
      return text;
    }
    String redacted = takenOut(text);
    if (redacted.equals(text)) {
      harmless.add(text);
    }
    return redacted;
  }

  /* When something happened: in each entry another text, and each time with the colons of a secret. */
  private static boolean isMoment(String text) {
    if (text.length() > LONGEST_MOMENT) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (OF_A_MOMENT.indexOf(text.charAt(i)) < 0) {
        return false;
      }
    }
    return true;
  }

  private static String takenOut(String text) {
    String lowerCase = text.toLowerCase(Locale.ROOT);
    String redacted = text;
    for (SecretForm form : SecretForm.ALL) {
      redacted = form.takenOut(redacted, lowerCase);
    }
    return Randomness.takenOut(redacted);
  }

  /** Return the words of a command line, those hidden that hold or follow what tells a secret. */
  public List<String> redactWords(List<String> words) {
    return redactList(words).stream().map(String.class::cast).toList();
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
      map.forEach((key, inner) -> copy.put(String.valueOf(key), redactEntry(key, inner)));
      return copy;
    }
    return value;
  }

  private Object redactEntry(Object key, Object value) {
    boolean telling = value instanceof String && tells(String.valueOf(key));
    return telling ? SecretForm.MARK : redactValue(value);
  }

  private boolean tells(String key) {
    if (harmlessKeys.contains(key)) {
      return false;
    }
    boolean tells = SecretForm.KEY.matches(key);
    if (!tells) {
      harmlessKeys.add(key);
    }
    return tells;
  }

  /* An argument such as --password is followed by its value as an element of its own. */
  private List<Object> redactList(List<?> list) {
    List<Object> copy = new ArrayList<>();
    boolean secretFollows = false;
    for (Object element : asOneLine(list)) {
      boolean hidden = secretFollows && element instanceof String;
      copy.add(hidden ? SecretForm.MARK : redactValue(element));
      secretFollows = element instanceof String text && SecretForm.OPTION.matches(text);
    }
    return copy;
  }

  /* Some options tell a secret only after the name of their program, so words are read together. */
  private List<?> asOneLine(List<?> list) {
    List<String> words = new ArrayList<>();
    for (Object element : list) {
      if (!(element instanceof String word) || word.contains(BETWEEN_WORDS)) {
        return list;
      }
      words.add(word);
    }
    String line = redact(String.join(BETWEEN_WORDS, words));
    List<String> redacted = List.of(line.split(BETWEEN_WORDS, -1));
    return redacted.size() == words.size() ? redacted : list;
  }
}
