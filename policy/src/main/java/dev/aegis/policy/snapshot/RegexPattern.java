package dev.aegis.policy.snapshot;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Reads a regular expression, which is known to be one of linear time, as the set of paths in which
 * it is found. What is not plainly understood makes the set larger, never smaller.
 */
public final class RegexPattern {
  private static final int DEEPEST = 50;
  private static final int MOST_COPIES = 40;
  private static final String PLAIN_ESCAPES = "\\.[](){}*+?^$|/-_:;,=!@#%&~<>'\"` ";

  private final String regex;
  private int at;
  private int depth;
  private boolean exact = true;

  private RegexPattern(String regex) {
    this.regex = regex;
  }

  /** Thrown for what is not understood; never leaves this class. */
  private static final class NotUnderstood extends Exception {
    private static final long serialVersionUID = 1;
  }

  /** Return the paths in which a regular expression is found somewhere. */
  public static Approximation of(String regex) {
    RegexPattern reader = new RegexPattern(regex);
    try {
      List<PathPattern> all = new ArrayList<>();
      do {
        all.add(reader.found());
      } while (reader.take('|'));
      return reader.at == regex.length()
          ? new Approximation(new PathPattern.Choice(all), reader.exact)
          : Approximation.UNKNOWN;
    } catch (NotUnderstood e) {
      return Approximation.UNKNOWN;
    }
  }

  /** One alternative of the whole: found anywhere, but for its anchors. */
  private PathPattern found() throws NotUnderstood {
    boolean fromStart = take('^');
    PathPattern inner = sequence();
    boolean toEnd = take('$');
    return PathPattern.then(
        fromStart ? PathPattern.NOTHING : PathPattern.ANYTHING,
        inner,
        toEnd ? PathPattern.NOTHING : PathPattern.ANYTHING);
  }

  private boolean take(char c) {
    boolean there = at < regex.length() && regex.charAt(at) == c;
    at += there ? 1 : 0;
    return there;
  }

  private PathPattern sequence() throws NotUnderstood {
    List<PathPattern> parts = new ArrayList<>();
    while (at < regex.length() && "|)".indexOf(regex.charAt(at)) < 0) {
      boolean lastAnchor =
          depth == 0
              && regex.charAt(at) == '$'
              && (at + 1 == regex.length() || regex.charAt(at + 1) == '|');
      if (lastAnchor) {
        break;
      }
      parts.add(repeated());
    }
    return new PathPattern.Sequence(parts);
  }

  private PathPattern repeated() throws NotUnderstood {
    int from = at;
    boolean before = exact;
    PathPattern one = one();
    if (at == regex.length() || "*+?{".indexOf(regex.charAt(at)) < 0) {
      return one;
    }
    BitSet single = singleBytes(from);
    if (single != null && (regex.charAt(at) == '*' || regex.charAt(at) == '+')) {
      // Any number of such characters is any number of such bytes, whatever the encoding.
      exact = before && regex.charAt(from) != '.';
      PathPattern any = new PathPattern.Repeat(new PathPattern.OneOf(single));
      boolean atLeastOne = regex.charAt(at++) == '+';
      take('?');
      return atLeastOne ? PathPattern.then(one, any) : any;
    }
    return quantified(one);
  }

  private PathPattern quantified(PathPattern one) throws NotUnderstood {
    char c = regex.charAt(at++);
    PathPattern result =
        switch (c) {
          case '*' -> new PathPattern.Repeat(one);
          case '+' -> PathPattern.then(one, new PathPattern.Repeat(one));
          case '?' -> PathPattern.optional(one);
          default -> counted(one);
        };
    take('?');
    return result;
  }

  private PathPattern counted(PathPattern one) throws NotUnderstood {
    int close = regex.indexOf('}', at);
    String text = close < 0 ? "" : regex.substring(at, close);
    if (!text.matches("[0-9]{1,3}(,[0-9]{0,3})?")) {
      throw new NotUnderstood();
    }
    at = close + 1;
    String[] ends = text.split(",", -1);
    int least = Integer.parseInt(ends[0]);
    int most = ends.length == 1 ? least : ends[1].isEmpty() ? -1 : Integer.parseInt(ends[1]);
    if (least > MOST_COPIES || most > MOST_COPIES) {
      throw new NotUnderstood();
    }
    List<PathPattern> parts = new ArrayList<>();
    for (int i = 0; i < least; i++) {
      parts.add(one);
    }
    if (most < 0) {
      parts.add(new PathPattern.Repeat(one));
    }
    for (int i = least; i < most; i++) {
      parts.add(PathPattern.optional(one));
    }
    return new PathPattern.Sequence(parts);
  }

  private PathPattern one() throws NotUnderstood {
    char c = regex.charAt(at);
    switch (c) {
      case '(' -> {
        return group();
      }
      case '[' -> {
        return characters();
      }
      case '.' -> {
        at++;
        exact = false;
        return PathPattern.CHARACTER;
      }
      case '^', '$' -> {
        at++;
        exact = false;
        return PathPattern.NOTHING;
      }
      case '\\' -> {
        return new PathPattern.OneOf(escape());
      }
      case '*', '+', '?', '{' -> throw new NotUnderstood();
      default -> {
        int point = regex.codePointAt(at);
        at += Character.charCount(point);
        exact &= Character.isBmpCodePoint(point);
        return PathPattern.text(Character.toString(point));
      }
    }
  }

  private PathPattern group() throws NotUnderstood {
    if (++depth > DEEPEST) {
      throw new NotUnderstood();
    }
    at++;
    if (regex.startsWith("?:", at)) {
      at += 2;
    } else if (regex.startsWith("?", at)) {
      throw new NotUnderstood();
    }
    List<PathPattern> all = new ArrayList<>();
    do {
      all.add(sequence());
    } while (take('|'));
    if (!take(')')) {
      throw new NotUnderstood();
    }
    depth--;
    return new PathPattern.Choice(all);
  }

  private BitSet escape() throws NotUnderstood {
    at++;
    if (at == regex.length()) {
      throw new NotUnderstood();
    }
    char c = regex.charAt(at++);
    BitSet digits = PathPattern.range('0', '9');
    switch (c) {
      case 'd' -> {
        return digits;
      }
      case 'w' -> {
        digits.or(PathPattern.range('a', 'z'));
        digits.or(PathPattern.range('A', 'Z'));
        digits.set('_');
        return digits;
      }
      default -> {
        if (PLAIN_ESCAPES.indexOf(c) < 0) {
          throw new NotUnderstood();
        }
        return PathPattern.range(c, c);
      }
    }
  }

  private PathPattern characters() throws NotUnderstood {
    boolean[] negated = new boolean[1];
    BitSet bytes = set(negated);
    if (!negated[0]) {
      return new PathPattern.OneOf(bytes);
    }
    exact = false;
    return PathPattern.characterOf(inverted(bytes));
  }

  private static BitSet inverted(BitSet bytes) {
    BitSet others = PathPattern.range(0, 255);
    others.andNot(bytes);
    return others;
  }

  /** Return the bytes of the class, or of the dot, that stands at a place; else null. */
  private BitSet singleBytes(int from) throws NotUnderstood {
    if (regex.charAt(from) == '.') {
      return PathPattern.range(0, 255);
    }
    if (regex.charAt(from) != '[') {
      return null;
    }
    int here = at;
    at = from;
    boolean[] negated = new boolean[1];
    BitSet bytes = set(negated);
    at = here;
    return negated[0] ? inverted(bytes) : bytes;
  }

  /** Read a class of plain characters. */
  private BitSet set(boolean[] negated) throws NotUnderstood {
    at++;
    negated[0] = take('^');
    BitSet bytes = new BitSet(256);
    boolean first = true;
    while (first || (at < regex.length() && regex.charAt(at) != ']')) {
      first = false;
      BitSet item = item();
      boolean range =
          item.cardinality() == 1
              && at + 1 < regex.length()
              && regex.charAt(at) == '-'
              && regex.charAt(at + 1) != ']';
      if (range) {
        at++;
        BitSet last = item();
        if (last.cardinality() != 1 || last.nextSetBit(0) < item.nextSetBit(0)) {
          throw new NotUnderstood();
        }
        item.set(item.nextSetBit(0), last.nextSetBit(0) + 1);
      }
      bytes.or(item);
    }
    if (!take(']')) {
      throw new NotUnderstood();
    }
    return bytes;
  }

  private BitSet item() throws NotUnderstood {
    if (at == regex.length()) {
      throw new NotUnderstood();
    }
    char c = regex.charAt(at);
    if (c == '\\') {
      return escape();
    }
    if (c >= 128 || c == '[' || c == ']') {
      throw new NotUnderstood();
    }
    at++;
    return PathPattern.range(c, c);
  }
}
