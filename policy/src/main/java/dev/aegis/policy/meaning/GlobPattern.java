package dev.aegis.policy.meaning;

import dev.aegis.policy.snapshot.Approximation;
import dev.aegis.policy.snapshot.PathPattern;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Reads the text of a glob, which is known to be one, as a set of paths. */
final class GlobPattern {
  private final String glob;
  private int at;
  private boolean exact = true;

  private GlobPattern(String glob) {
    this.glob = glob;
  }

  static Approximation of(String glob) {
    GlobPattern reader = new GlobPattern(glob);
    PathPattern pattern = reader.alternatives(false);
    return new Approximation(pattern, reader.exact);
  }

  /** Outside of braces a comma is a comma. */
  private PathPattern alternatives(boolean braced) {
    List<PathPattern> all = new ArrayList<>();
    List<PathPattern> parts = new ArrayList<>();
    while (at < glob.length() && !(braced && glob.charAt(at) == '}')) {
      if (braced && glob.charAt(at) == ',') {
        at++;
        all.add(new PathPattern.Sequence(parts));
        parts.clear();
      } else {
        parts.add(one());
      }
    }
    all.add(new PathPattern.Sequence(parts));
    return all.size() == 1 ? all.get(0) : new PathPattern.Choice(all);
  }

  private PathPattern one() {
    if (glob.startsWith("/**", at) && at + 3 == glob.length()) {
      at += 3;
      return PathPattern.optional(PathPattern.then(PathPattern.text("/"), PathPattern.ANYTHING));
    }
    if (glob.startsWith("**/", at)) {
      at += 3;
      return PathPattern.optional(PathPattern.then(PathPattern.ANYTHING, PathPattern.text("/")));
    }
    if (glob.startsWith("**", at)) {
      at += 2;
      return PathPattern.ANYTHING;
    }
    char c = glob.charAt(at);
    switch (c) {
      case '*' -> {
        at++;
        return PathPattern.WITHIN_NAME;
      }
      case '?' -> {
        at++;
        exact = false;
        return PathPattern.CHARACTER_OF_NAME;
      }
      case '[' -> {
        return characters();
      }
      case '{' -> {
        at++;
        PathPattern inner = alternatives(true);
        at++;
        return inner;
      }
      case '\\' -> {
        int from = at + 1;
        at += 2;
        return literal(from);
      }
      default -> {
        at++;
        return literal(at - 1);
      }
    }
  }

  /** One character, which may be two of Java's. */
  private PathPattern literal(int from) {
    int point = glob.codePointAt(from);
    at = from + Character.charCount(point);
    exact &= Character.isBmpCodePoint(point);
    return PathPattern.text(Character.toString(point));
  }

  private PathPattern characters() {
    int close = glob.indexOf(']', at + 2);
    String set = glob.substring(at + 1, close);
    at = close + 1;
    BitSet bytes = new BitSet(256);
    for (int i = 0; i < set.length(); i++) {
      char c = set.charAt(i);
      boolean plain = c < 128 && (Character.isLetterOrDigit(c) || "._ +@%=,-".indexOf(c) >= 0);
      if (!plain || (c == '-' && i > 0 && i < set.length() - 1)) {
        exact = false;
        return PathPattern.CHARACTER;
      }
      if (i + 2 < set.length() && set.charAt(i + 1) == '-' && isSimple(c, set.charAt(i + 2))) {
        bytes.set(c, set.charAt(i + 2) + 1);
        i += 2;
      } else {
        bytes.set(c);
      }
    }
    return new PathPattern.OneOf(bytes);
  }

  private static boolean isSimple(char from, char to) {
    return from < to
        && to < 128
        && Character.isLetterOrDigit(from)
        && Character.isLetterOrDigit(to);
  }
}
