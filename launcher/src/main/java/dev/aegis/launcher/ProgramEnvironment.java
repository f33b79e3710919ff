package dev.aegis.launcher;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The environment of the wrapped program: the user's own, byte for byte and in its order, without
 * what is Aegis's alone, with what the session needs.
 */
final class ProgramEnvironment {

  private static final String OURS = "AEGIS_";
  private static final String HOME = "AEGIS_HOME";
  private static final String PRELOAD = "LD_PRELOAD";

  private final List<byte[]> original;

  /** From the user's original entries, {@code NAME=value} each. */
  ProgramEnvironment(List<byte[]> original) {
    this.original = List.copyOf(original);
  }

  /** The value of a variable in the user's environment, or the other one. */
  String value(String name, String otherwise) {
    for (byte[] entry : original) {
      String text = new String(entry, StandardCharsets.UTF_8);
      if (text.startsWith(name + "=")) {
        return text.substring(name.length() + 1);
      }
    }
    return otherwise;
  }

  /** The entries with the session's variables set; a preloaded library of the user's stays. */
  List<byte[]> with(Map<String, String> session) {
    Map<String, String> added = new LinkedHashMap<>(session);
    String users = value(PRELOAD, "");
    if (!users.isEmpty() && added.containsKey(PRELOAD)) {
      added.merge(PRELOAD, users, (ours, theirs) -> ours + ":" + theirs);
    }
    List<byte[]> entries = new ArrayList<>();
    for (byte[] entry : original) {
      String name = name(entry);
      boolean isOurs = name.startsWith(OURS) && !name.equals(HOME);
      if (!isOurs && !added.containsKey(name)) {
        entries.add(entry);
      }
    }
    added.forEach(
        (name, value) -> entries.add((name + "=" + value).getBytes(StandardCharsets.UTF_8)));
    return entries;
  }

  private static String name(byte[] entry) {
    String text = new String(entry, StandardCharsets.ISO_8859_1);
    int equals = text.indexOf('=');
    return equals < 0 ? text : text.substring(0, equals);
  }
}
