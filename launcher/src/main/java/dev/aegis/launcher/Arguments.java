package dev.aegis.launcher;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The wrapped program's arguments as bytes. Java's strings lose what its locale cannot spell, so
 * the bytes are taken from the end of this process's own command line, where they stand.
 */
final class Arguments {

  private Arguments() {}

  /** The bytes of the words that stand last on a command line, as far as they are those words. */
  static List<byte[]> bytes(List<String> words, List<byte[]> commandLine) {
    int skipped = commandLine.size() - words.size();
    List<byte[]> bytes = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      byte[] spelled = words.get(i).getBytes(StandardCharsets.UTF_8);
      byte[] raw = skipped < 0 ? spelled : commandLine.get(skipped + i);
      bytes.add(isSame(words.get(i), raw) ? raw : spelled);
    }
    return bytes;
  }

  /** Whether bytes are that word but for characters that were lost on the way into Java. */
  private static boolean isSame(String word, byte[] raw) {
    String ascii =
        word.codePoints()
            .filter(Arguments::isAscii)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    StringBuilder rawAscii = new StringBuilder();
    for (byte b : raw) {
      if (b >= 0) {
        rawAscii.append((char) b);
      }
    }
    return ascii.contentEquals(rawAscii);
  }

  private static boolean isAscii(int codePoint) {
    return codePoint < 0x80;
  }
}
