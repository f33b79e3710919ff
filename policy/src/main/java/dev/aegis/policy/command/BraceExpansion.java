package dev.aegis.policy.command;

import dev.aegis.policy.command.Word.Part;
import dev.aegis.policy.command.Word.Text;
import java.util.ArrayList;
import java.util.List;

/** Expands {@code a{b,c}d} and {@code {1..3}} as bash does. */
final class BraceExpansion {
  private static final int MOST = 64;

  private BraceExpansion() {}

  /** Return the words that one word stands for; itself when it holds no braces, or too many. */
  static List<Word> of(Word word) {
    boolean any = false;
    for (Part part : word.parts()) {
      any |= part instanceof Text text && !text.quoted() && text.text().indexOf('{') >= 0;
    }
    if (!any) {
      return List.of(word);
    }
    List<Part> units = new ArrayList<>();
    for (Part part : word.parts()) {
      if (part instanceof Text text && !text.quoted()) {
        text.text().chars().forEach(c -> units.add(new Text(String.valueOf((char) c), false)));
      } else {
        units.add(part);
      }
    }
    if (units.size() > Bounds.BRACES) {
      return List.of(unknown(word));
    }
    List<List<Part>> all = expand(units, 0);
    if (all.size() > MOST) {
      return List.of(unknown(word));
    }
    return all.stream().map(Word::new).toList();
  }

  private static Word unknown(Word word) {
    List<Part> parts = new ArrayList<>(word.parts());
    parts.add(new Word.Unknown("$…", List.of()));
    return new Word(parts);
  }

  private static List<List<Part>> expand(List<Part> units, int depth) {
    for (int open = 0; open < units.size() && depth < Bounds.DEPTH; open++) {
      if (is(units.get(open), '{')) {
        int close = closing(units, open);
        List<List<Part>> alternatives =
            close < 0 ? List.of() : alternatives(units.subList(open + 1, close), depth);
        if (!alternatives.isEmpty()) {
          return joined(
              units.subList(0, open),
              alternatives,
              expand(units.subList(close + 1, units.size()), depth + 1));
        }
      }
    }
    return List.of(units);
  }

  private static List<List<Part>> joined(
      List<Part> prefix, List<List<Part>> middles, List<List<Part>> ends) {
    List<List<Part>> all = new ArrayList<>();
    for (List<Part> middle : middles) {
      for (List<Part> end : ends) {
        if (all.size() > MOST) {
          return all;
        }
        List<Part> one = new ArrayList<>(prefix);
        one.addAll(middle);
        one.addAll(end);
        all.add(one);
      }
    }
    return all;
  }

  private static int closing(List<Part> units, int open) {
    int depth = 0;
    for (int at = open; at < units.size(); at++) {
      if (is(units.get(at), '{')) {
        depth++;
      } else if (is(units.get(at), '}') && --depth == 0) {
        return at;
      }
    }
    return -1;
  }

  /** Return nothing when the braces hold neither a comma nor a range. */
  private static List<List<Part>> alternatives(List<Part> body, int depth) {
    List<List<Part>> all = new ArrayList<>();
    int start = 0;
    int nested = 0;
    for (int at = 0; at < body.size(); at++) {
      nested += is(body.get(at), '{') ? 1 : is(body.get(at), '}') ? -1 : 0;
      if (nested == 0 && is(body.get(at), ',')) {
        all.addAll(expand(body.subList(start, at), depth + 1));
        start = at + 1;
      }
      if (all.size() > MOST) {
        return all;
      }
    }
    if (start == 0) {
      return range(body);
    }
    all.addAll(expand(body.subList(start, body.size()), depth + 1));
    return all;
  }

  private static List<List<Part>> range(List<Part> body) {
    String text = new Word(body).plain();
    int dots = text == null ? -1 : text.indexOf("..");
    if (dots < 1) {
      return List.of();
    }
    String from = text.substring(0, dots);
    String to = text.substring(dots + 2);
    if (from.length() == 1 && to.length() == 1) {
      return range(from.charAt(0), to.charAt(0), true);
    }
    if (from.matches("-?[0-9]{1,6}") && to.matches("-?[0-9]{1,6}")) {
      return range(Integer.parseInt(from), Integer.parseInt(to), false);
    }
    return List.of();
  }

  private static List<List<Part>> range(int from, int to, boolean letters) {
    List<List<Part>> all = new ArrayList<>();
    int step = from <= to ? 1 : -1;
    for (int i = from; i != to + step && all.size() <= MOST; i += step) {
      String text = letters ? String.valueOf((char) i) : String.valueOf(i);
      all.add(List.of(new Text(text, false)));
    }
    return all;
  }

  private static boolean is(Part part, char c) {
    return part instanceof Text text
        && !text.quoted()
        && text.text().length() == 1
        && text.text().charAt(0) == c;
  }
}
