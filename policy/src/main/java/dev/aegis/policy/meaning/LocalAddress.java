package dev.aegis.policy.meaning;

import com.google.re2j.Pattern;
import java.util.Locale;

/**
 * An address that leads to no other machine. Told by the host alone: a name before an {@code @}, a
 * path or a query is whatever its author wants.
 */
final class LocalAddress {

  private static final String SCHEME_END = "://";
  private static final Pattern PSEUDO_FILE = Pattern.compile("^/dev/(tcp|udp)/");
  private static final Pattern SOCAT =
      Pattern.compile("(?i)^(tcp|udp|sctp|openssl|ssl)[46]?(-connect|-sendto|-datagram)?:");
  private static final Pattern THIS_MACHINE =
      Pattern.compile(
          "localhost|(.+\\.)?localhost|127(\\.[0-9]{1,3}){3}|0\\.0\\.0\\.0|\\[::1\\]|::1");
  private static final Pattern NEARBY = Pattern.compile(".+\\.(local|test)");

  private LocalAddress() {}

  /** Tell whether a word is an address of this machine. */
  static boolean isHere(String word) {
    return THIS_MACHINE.matches(host(word));
  }

  /** Tell whether a word is an address of this machine, or one that no name server knows. */
  static boolean isNearby(String word) {
    String host = host(word);
    return THIS_MACHINE.matches(host) || NEARBY.matches(host);
  }

  /** Tell whether a word is a URL of another machine. */
  static boolean isElsewhere(String word) {
    return word.contains(SCHEME_END) && !isHere(word);
  }

  private static String host(String word) {
    // Some read it as a slash, and others as a part of the name.
    if (word.indexOf('\\') >= 0) {
      return "";
    }
    String rest = word;
    int scheme = word.indexOf(SCHEME_END);
    if (scheme >= 0) {
      rest = word.substring(scheme + SCHEME_END.length());
    } else {
      rest = SOCAT.matcher(PSEUDO_FILE.matcher(word).replaceFirst("")).replaceFirst("");
    }
    String authority = rest.split("[/?#,]", 2)[0];
    String host = authority.substring(authority.lastIndexOf('@') + 1);
    boolean bracketed = host.startsWith("[") && host.indexOf(']') > 0;
    int colon = host.indexOf(':', bracketed ? host.indexOf(']') : 0);
    boolean port = colon >= 0 && (bracketed || host.lastIndexOf(':') == colon);
    return (port ? host.substring(0, colon) : host).toLowerCase(Locale.ROOT);
  }
}
