package dev.aegis.policy.meaning;

import com.google.re2j.Pattern;
import dev.aegis.policy.Surroundings;
import dev.aegis.policy.snapshot.Approximation;
import dev.aegis.policy.snapshot.PathPattern;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A pattern of paths: {@code *} and {@code ?} within one name, {@code **} across names, {@code
 * {a,b}}, {@code [abc]}; {@code ~}, {@code ${home}} and {@code ${workspace}} at the start only.
 *
 * <p>A pattern that starts with none of these and not with a slash is matched against the end of
 * the path, on whole names.
 */
public final class Glob {
  private enum Base {
    NONE,
    HOME,
    WORKSPACE
  }

  private static final int LONGEST = 4096;

  private static final PathPattern ANY_DIRECTORY =
      PathPattern.optional(PathPattern.then(PathPattern.ANYTHING, PathPattern.text("/")));

  private final String source;
  private final String text;
  private final boolean floating;
  private final Base base;
  private final String literalPrefix;
  private final String literalSuffix;
  private final boolean literal;
  private final boolean onName;
  private final String required;
  private final Pattern rest;

  private Glob(String source, Base base, String rest, boolean floating) {
    boolean ofPath = floating && rest.indexOf('/') >= 0;
    this.source = source;
    this.text = rest;
    this.floating = floating;
    this.base = base;
    this.onName = floating && !ofPath;
    this.literalPrefix = ofPath ? "" : rest.substring(0, firstSpecial(rest));
    this.literal = !ofPath && firstSpecial(rest) == rest.length();
    this.literalSuffix = rest.substring(lastSpecial(rest) + 1);
    this.required = longestPlain(rest);
    this.rest =
        Pattern.compile((ofPath ? "^(?:.*/)?" : "^") + translate(rest) + "$", Pattern.DOTALL);
  }

  /**
   * Read a glob.
   *
   * @throws IllegalArgumentException with what is wrong, for people
   */
  public static Glob of(String source) {
    if (source.isEmpty() || source.length() > LONGEST) {
      throw new IllegalArgumentException("a glob has 1 to " + LONGEST + " characters");
    }
    Base base = Base.NONE;
    String rest = source;
    if (source.equals("~") || source.startsWith("~/")) {
      base = Base.HOME;
      rest = source.substring(1);
    } else if (source.startsWith("${home}")) {
      base = Base.HOME;
      rest = source.substring("${home}".length());
    } else if (source.startsWith("${workspace}")) {
      base = Base.WORKSPACE;
      rest = source.substring("${workspace}".length());
    }
    if (rest.contains("${")) {
      throw new IllegalArgumentException(
          "a variable may stand only at the start, and only ${home} and ${workspace} exist");
    }
    boolean floating = base == Base.NONE && !rest.startsWith("/");
    try {
      return new Glob(source, base, rest, floating);
    } catch (com.google.re2j.PatternSyntaxException e) {
      throw new IllegalArgumentException("not a glob: " + e.getDescription(), e);
    }
  }

  /**
   * Read a glob of any text: no variables, {@code *} matches slashes too, and all of it must match.
   *
   * @throws IllegalArgumentException with what is wrong, for people
   */
  public static Glob ofText(String source) {
    if (source.length() > LONGEST) {
      throw new IllegalArgumentException("a glob has at most " + LONGEST + " characters");
    }
    try {
      return new Glob(source, Base.NONE, source.replaceAll("\\*+", "**"), false);
    } catch (com.google.re2j.PatternSyntaxException e) {
      throw new IllegalArgumentException("not a glob: " + e.getDescription(), e);
    }
  }

  /** Tell whether all of a text is meant. */
  public boolean matchesWord(String text) {
    return matchesRest(text, 0);
  }

  /** Tell whether a path is meant. */
  public boolean matches(String path, Surroundings surroundings) {
    return switch (base) {
      case NONE -> matchesRest(path, onName ? path.lastIndexOf('/') + 1 : 0);
      case HOME -> below(surroundings.home(), path);
      case WORKSPACE -> {
        for (String workspace : surroundings.workspaces()) {
          if (below(workspace, path)) {
            yield true;
          }
        }
        yield false;
      }
    };
  }

  /** Return the text that every match starts with; empty when it depends on a variable. */
  public String literalPrefix() {
    return base == Base.NONE && !onName ? literalPrefix : "";
  }

  /** Return the paths that are meant, or some more. */
  public Approximation approximation(Surroundings surroundings) {
    return anyOf(List.of(this), surroundings);
  }

  /** Return the paths that are meant by any of some globs, or some more. */
  public static Approximation anyOf(List<Glob> globs, Surroundings surroundings) {
    Map<PathPattern, List<PathPattern>> byStart = new LinkedHashMap<>();
    boolean exact = true;
    for (Glob glob : globs) {
      Approximation rest = GlobPattern.of(glob.text);
      exact &= rest.exact() && !(glob.onName && glob.text.contains("**"));
      byStart
          .computeIfAbsent(glob.start(surroundings), start -> new ArrayList<>())
          .add(rest.pattern());
    }
    List<PathPattern> all = new ArrayList<>();
    byStart.forEach(
        (start, rests) -> all.add(PathPattern.then(start, new PathPattern.Choice(rests))));
    return new Approximation(new PathPattern.Choice(all), exact);
  }

  private PathPattern start(Surroundings surroundings) {
    return switch (base) {
      case NONE -> floating ? ANY_DIRECTORY : PathPattern.NOTHING;
      case HOME -> PathPattern.text(surroundings.home());
      case WORKSPACE ->
          new PathPattern.Choice(
              surroundings.workspaces().stream().map(PathPattern::text).toList());
    };
  }

  private boolean below(String directory, String path) {
    return path.startsWith(directory) && matchesRest(path, directory.length());
  }

  private boolean matchesRest(String path, int from) {
    if (literal) {
      return path.length() - from == literalPrefix.length() && path.startsWith(literalPrefix, from);
    }
    if (!path.startsWith(literalPrefix, from)
        || !path.endsWith(literalSuffix)
        || path.indexOf(required, from) < 0) {
      return false;
    }
    return rest.matcher(from == 0 ? path : path.substring(from)).find();
  }

  /** Return a text that stands in everything that a glob of paths matches; may be empty. */
  public static String plainTextOf(String source) {
    return longestPlain(source.replaceFirst("^(~|\\$\\{home}|\\$\\{workspace})", ""));
  }

  /** The longest text that stands in every match: outside of braces and classes. */
  private static String longestPlain(String glob) {
    String longest = "";
    StringBuilder run = new StringBuilder();
    int depth = 0;
    for (int i = 0; i <= glob.length(); i++) {
      char c = i < glob.length() ? glob.charAt(i) : '*';
      if ("*?[]{}\\".indexOf(c) >= 0 || depth > 0) {
        String plain = withoutOuterSlashes(run.toString());
        longest = plain.length() > longest.length() ? plain : longest;
        run.setLength(0);
        depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
        i += c == '\\' ? 1 : 0;
      } else {
        run.append(c);
      }
    }
    return longest;
  }

  /** A slash beside {@code **} may be absent from a match. */
  private static String withoutOuterSlashes(String text) {
    int from = text.startsWith("/") ? 1 : 0;
    int to = text.length() - (text.endsWith("/") ? 1 : 0);
    return from < to ? text.substring(from, to) : "";
  }

  private static int firstSpecial(String glob) {
    int i = 0;
    while (i < glob.length() && "*?[{\\".indexOf(glob.charAt(i)) < 0) {
      i++;
    }
    // "/x/**" means the directory too, so its slash is not certain
    return i > 0 && i < glob.length() && glob.charAt(i - 1) == '/' && glob.startsWith("**", i)
        ? i - 1
        : i;
  }

  private static int lastSpecial(String glob) {
    int i = glob.length() - 1;
    while (i >= 0 && "*?]}\\".indexOf(glob.charAt(i)) < 0) {
      i--;
    }
    // "**/x" matches x alone, and a quoted character is no text to look for
    return i < 0 ? -1 : Math.min(glob.length() - 1, i + 1);
  }

  private static String translate(String glob) {
    StringBuilder regex = new StringBuilder();
    List<Character> open = new ArrayList<>();
    for (int i = 0; i < glob.length(); i++) {
      char c = glob.charAt(i);
      switch (c) {
        case '/' -> {
          if (glob.startsWith("/**", i) && i + 3 == glob.length()) {
            regex.append("(?:/.*)?");
            i += 2;
          } else {
            regex.append('/');
          }
        }
        case '*' -> {
          if (glob.startsWith("**/", i)) {
            regex.append("(?:.*/)?");
            i += 2;
          } else if (glob.startsWith("**", i)) {
            regex.append(".*");
            i++;
          } else {
            regex.append("[^/]*");
          }
        }
        case '?' -> regex.append("[^/]");
        case '{' -> {
          open.add(c);
          regex.append("(?:");
        }
        case '}' -> {
          if (open.isEmpty()) {
            throw new IllegalArgumentException("} without {");
          }
          open.remove(open.size() - 1);
          regex.append(')');
        }
        case ',' -> regex.append(open.isEmpty() ? "," : "|");
        case '[' -> {
          int close = glob.indexOf(']', i + 2);
          if (close < 0) {
            throw new IllegalArgumentException("[ without ]");
          }
          String set = glob.substring(i + 1, close).replace("\\", "\\\\").replace("[", "\\[");
          regex.append('[').append(set.startsWith("!") ? "^/" + set.substring(1) : set).append(']');
          i = close;
        }
        case '\\' -> {
          if (i + 1 == glob.length()) {
            throw new IllegalArgumentException("a lone \\ at the end");
          }
          regex.append(Pattern.quote(glob.substring(i + 1, i + 2)));
          i++;
        }
        default -> regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    if (!open.isEmpty()) {
      throw new IllegalArgumentException("{ without }");
    }
    return regex.toString();
  }

  @Override
  public String toString() {
    return source;
  }
}
