package dev.aegis.launcher.screen;

/** Reads Select Graphic Rendition: turns the parameters of {@code CSI … m} into the next style. */
final class SgrReader {

  private static final int[] UNDERLINES = {
    0,
    Style.UNDERLINE,
    Style.DOUBLE_UNDERLINE,
    Style.CURLY_UNDERLINE,
    Style.DOTTED_UNDERLINE,
    Style.DASHED_UNDERLINE
  };

  private SgrReader() {}

  static Style apply(Style style, ControlSequence sequence) {
    int count = sequence.count();
    if (count == 0) {
      return Style.PLAIN;
    }
    Style next = style;
    int i = 0;
    while (i < count) {
      int code = sequence.raw(i);
      int end = sequence.endOfGroup(i);
      if (code == 38 || code == 48 || code == 58) {
        int color;
        if (end > i + 1) {
          color = colonColor(sequence, i, end);
        } else {
          color = semicolonColor(sequence, i);
          end = Math.min(count, i + semicolonLength(sequence, i));
        }
        next = color < 0 ? next : colored(next, code, color);
      } else if (code == 4 && end > i + 1) {
        int kind = sequence.raw(i + 1);
        next = next.without(Style.ANY_UNDERLINE);
        next = kind > 0 && kind < UNDERLINES.length ? next.with(UNDERLINES[kind]) : next;
      } else {
        next = single(next, code);
      }
      i = end;
    }
    return next.sameAs(Style.PLAIN) ? Style.PLAIN : next;
  }

  private static Style colored(Style style, int code, int color) {
    return switch (code) {
      case 38 -> style.withForeground(color);
      case 48 -> style.withBackground(color);
      default -> style.withUnderlineColor(color);
    };
  }

  /** 38:5:n, 38:2:r:g:b and 38:2:space:r:g:b; -1 for what is none of these. */
  private static int colonColor(ControlSequence sequence, int at, int end) {
    int kind = sequence.raw(at + 1);
    if (kind == 5 && end == at + 3) {
      return Colors.indexed(sequence.raw(at + 2));
    }
    int first = end - at >= 6 ? at + 3 : at + 2;
    if (kind == 2 && end >= first + 3) {
      return Colors.direct(sequence.raw(first), sequence.raw(first + 1), sequence.raw(first + 2));
    }
    return -1;
  }

  private static int semicolonColor(ControlSequence sequence, int at) {
    int left = sequence.count() - at;
    if (left >= 3 && sequence.raw(at + 1) == 5) {
      return Colors.indexed(sequence.raw(at + 2));
    }
    if (left >= 5 && sequence.raw(at + 1) == 2) {
      return Colors.direct(sequence.raw(at + 2), sequence.raw(at + 3), sequence.raw(at + 4));
    }
    return -1;
  }

  private static int semicolonLength(ControlSequence sequence, int at) {
    if (at + 1 >= sequence.count()) {
      return 1;
    }
    return switch (sequence.raw(at + 1)) {
      case 5 -> 3;
      case 2 -> 5;
      default -> 2;
    };
  }

  private static Style single(Style style, int code) {
    if (code >= 30 && code <= 37) {
      return style.withForeground(Colors.named(code - 30));
    }
    if (code >= 40 && code <= 47) {
      return style.withBackground(Colors.named(code - 40));
    }
    if (code >= 90 && code <= 97) {
      return style.withForeground(Colors.named(code - 90 + 8));
    }
    if (code >= 100 && code <= 107) {
      return style.withBackground(Colors.named(code - 100 + 8));
    }
    return switch (code) {
      case 0 -> Style.PLAIN;
      case 1 -> style.with(Style.BOLD);
      case 2 -> style.with(Style.FAINT);
      case 3 -> style.with(Style.ITALIC);
      case 4 -> style.without(Style.ANY_UNDERLINE).with(Style.UNDERLINE);
      case 5, 6 -> style.with(Style.BLINK);
      case 7 -> style.with(Style.REVERSE);
      case 8 -> style.with(Style.CONCEAL);
      case 9 -> style.with(Style.STRIKE);
      case 21 -> style.without(Style.ANY_UNDERLINE).with(Style.DOUBLE_UNDERLINE);
      case 22 -> style.without(Style.BOLD | Style.FAINT);
      case 23 -> style.without(Style.ITALIC);
      case 24 -> style.without(Style.ANY_UNDERLINE);
      case 25 -> style.without(Style.BLINK);
      case 27 -> style.without(Style.REVERSE);
      case 28 -> style.without(Style.CONCEAL);
      case 29 -> style.without(Style.STRIKE);
      case 39 -> style.withForeground(Colors.DEFAULT);
      case 49 -> style.withBackground(Colors.DEFAULT);
      case 53 -> style.with(Style.OVERLINE);
      case 55 -> style.without(Style.OVERLINE);
      case 59 -> style.withUnderlineColor(Colors.DEFAULT);
      default -> style;
    };
  }
}
