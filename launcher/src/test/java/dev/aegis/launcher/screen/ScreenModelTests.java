package dev.aegis.launcher.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a terminal of 5 lines and 10 columns shows. In the sequences, ^ stands for ESC. */
class ScreenModelTests {

  private final ScreenModel model = new ScreenModel(5, 10);

  private void feed(String output) {
    byte[] bytes =
        output
            .replace('^', '\u001b')
            .replace("\\r", "\r")
            .replace("\\n", "\n")
            .replace("\\t", "\t")
            .replace("\\b", "\b")
            .getBytes(StandardCharsets.UTF_8);
    model.feed(bytes, 0, bytes.length);
  }

  private String screen() {
    List<String> lines = new ArrayList<>();
    for (int row = 0; row < model.rows(); row++) {
      lines.add(model.line(row));
    }
    return String.join("/", lines).replaceAll("/+$", "");
  }

  private String cursor() {
    Cursor cursor = model.page().cursor();
    return cursor.row + "," + cursor.column + (cursor.wrapPending ? " pending" : "");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "plain text               | abc                                | abc",
        "line feed keeps column   | ab\\ncd                            | ab/  cd",
        "return and line feed     | ab\\r\\ncd                         | ab/cd",
        "backspace                | abc\\b\\bX                         | aXc",
        "tab                      | a\\tb                              | a       b",
        "tab stops at the margin  | a\\t\\t\\tb                        | a        b",
        "wrap                     | 0123456789ab                       | 0123456789/ab",
        "no wrap                  | ^[?7l0123456789ab                  | 012345678b",
        "pending wrap is dropped  | 0123456789\\rX                     | X123456789",
        "scrolling                | 1\\r\\n2\\r\\n3\\r\\n4\\r\\n5\\r\\n6 | 2/3/4/5/6",
        "cursor position          | ^[2;3HX                            | /  X",
        "position is bounded      | ^[99;99HX                          | ////         X",
        "up, down, right, left    | ^[3;3H^[AX^[2BY^[3DZ^[CW           | '/  X// Z W'",
        "column, row              | ^[3GX^[4dY                         | '  X///   Y'",
        "next and previous line   | ab^[Ecd^[FX                        | Xb/cd",
        "erase to end of line     | abcdef^[3G^[K                      | ab",
        "erase to start of line   | abcdef^[3G^[1K                     | '   def'",
        "erase line               | abcdef^[2K                         | ''",
        "erase below              | a\\r\\nb\\r\\nc^[2;1H^[J           | a",
        "erase above              | a\\r\\nb\\r\\nc^[2;1H^[1J          | //c",
        "erase all                | a\\r\\nb^[2JX                      | / X",
        "erase characters         | abcdef^[2G^[3X                     | a   ef",
        "insert characters        | abcdef^[2G^[2@XY                   | aXYbcdef",
        "delete characters        | abcdef^[2G^[2P                     | adef",
        "insert mode              | abc^[1G^[4hXY^[4lZ                 | XYZbc",
        "insert lines             | a\\r\\nb\\r\\nc^[2;1H^[L           | a//b/c",
        "delete lines             | a\\r\\nb\\r\\nc^[2;1H^[M           | a/c",
        "scroll up                | a\\r\\nb\\r\\nc^[S                 | b/c",
        "scroll down              | a\\r\\nb^[T                        | /a/b",
        "scroll region            | ^[2;3rA\\r\\nB\\r\\nC\\r\\nD       | A/C/D",
        "reverse index            | a\\r\\nb^[H^Mc                     | c/a/b",
        "index, next line         | a^Db^Ec                            | a/ b/c",
        "origin mode              | ^[2;4r^[?6h^[1;1HX                 | /X",
        "save and restore cursor  | ab^7\\r\\ncd^8X                    | abX/cd",
        "save by CSI s and u      | ab^[s\\r\\ncd^[uX                  | abX/cd",
        "line drawing             | ^(0lqk^(Bq                         | ┌─┐q",
        "shift out and in         | ^)0\u000eq\u000fq                  | ─q",
        "repeat                   | a^[3b                              | aaaa",
        "own tab stops            | ^[3g^[4G^H\\r\\tX                  | '   X'",
        "backward tab             | ^[9GX^[ZY                          | '        Y'",
        "alternate and back       | abc^[?1049hX^[?1049lY              | abcY",
        "alternate starts empty   | abc^[?1049h^[HX                    | X",
        "title is passed over     | ^]0;title\u0007X                   | X",
        "title by ST              | ^]0;title^\\X                      | X",
        "device string            | ^Pq#0;1^\\X                        | X",
        "clipboard                | ^]52;c;YWJj\u0007X                 | X",
        "unknown sequences        | ^[?2026h^[>1u^[=5;1u^[5 qX         | X",
        "cancelled sequence       | ^[3\u0018X                         | X",
        "control in a sequence    | ab^[1\\bX^[1mY                     | aY",
        "soft reset               | ^[2;3r^[4h^[!pabc                  | abc",
        "hard reset               | abc^[2;3r^cX                       | X",
        "screen of E              | ^#8                                | EEEEEEEEEE/EEEEEEEEEE/EEEEEEEEEE/EEEEEEEEEE/EEEEEEEEEE",
        "wide characters          | 漢字X                              | 漢字X",
        "wide does not fit        | 012345678漢                        | 012345678/漢",
        "half of a wide is gone   | 漢字^[2GX                          | ' X字'",
        "combining marks          | e\u0301X                           | e\u0301X",
      })
  void shows(String what, String output, String expected) {
    feed(output);
    assertThat(screen()).as(what).isEqualTo(expected);
  }

  @Test
  void a_filled_line_leaves_the_wrap_pending() {
    feed("0123456789");
    assertThat(cursor()).isEqualTo("0,9 pending");
    feed("^[K");
    assertThat(cursor()).isEqualTo("0,9 pending");
    feed("X");
    assertThat(cursor()).isEqualTo("1,1");
  }

  @Test
  void sequences_may_be_cut_anywhere() {
    byte[] bytes =
        "a\u001b[2;3Hb\u001b]0;t\u001b\\\u001b[38;2;1;2;3mé漢\u001b(0q\u001b(B"
            .getBytes(StandardCharsets.UTF_8);
    ScreenModel whole = new ScreenModel(5, 10);
    whole.feed(bytes, 0, bytes.length);
    for (byte b : bytes) {
      model.feed(new byte[] {b}, 0, 1);
    }
    assertThat(screen()).isEqualTo("a/  bé漢─");
    assertThat(whole.giveBack()).isEqualTo(model.giveBack());
  }

  @Test
  void what_is_cut_off_is_begun_again_when_the_screen_is_given_back() {
    feed("^[?1049hab^[3");
    assertThat(model.isInsideSequence()).isTrue();
    assertThat(new String(model.borrow(), StandardCharsets.UTF_8)).startsWith("\u0018");
    assertThat(new String(model.giveBack(), StandardCharsets.UTF_8)).endsWith("\u001b[3");
    feed("1mc");
    assertThat(screen()).isEqualTo("abc");
    assertThat(model.page().cursor().style.foreground()).isEqualTo(Colors.named(1));
  }

  @Test
  void colours_and_attributes_are_kept() {
    feed("^[1;31;44mA^[0;38;5;200mB^[38;2;1;2;3mC^[4:3mD^[58:2::9:8:7mE^[mF");
    Row row = model.page().shown().row(0);
    assertThat(row.styleAt(0))
        .isEqualTo(new Style(Colors.named(1), Colors.named(4), 0, Style.BOLD));
    assertThat(row.styleAt(1).foreground()).isEqualTo(Colors.indexed(200));
    assertThat(row.styleAt(2).foreground()).isEqualTo(Colors.direct(1, 2, 3));
    assertThat(row.styleAt(3).attributes()).isEqualTo(Style.CURLY_UNDERLINE);
    assertThat(row.styleAt(4).underlineColor()).isEqualTo(Colors.direct(9, 8, 7));
    assertThat(row.styleAt(5)).isEqualTo(Style.PLAIN);
  }

  @Test
  void erasing_takes_the_current_background() {
    feed("^[44;1mab^[K");
    assertThat(model.page().shown().row(0).styleAt(5))
        .isEqualTo(new Style(Colors.DEFAULT, Colors.named(4), Colors.DEFAULT, 0));
  }

  @Test
  void reporting_is_switched_off_while_the_screen_is_borrowed() {
    feed("^[?1002;1006h^[?2004h");
    assertThat(new String(model.borrow(), StandardCharsets.UTF_8))
        .contains("\u001b[?1002l\u001b[?1006l\u001b[?2004l");
    assertThat(new String(model.giveBack(), StandardCharsets.UTF_8))
        .contains("\u001b[?1002h\u001b[?1006h\u001b[?2004h");
  }

  @Test
  void a_smaller_window_keeps_the_cursor_in_sight() {
    feed("1\\r\\n2\\r\\n3\\r\\n4\\r\\n5");
    model.resize(3, 4);
    assertThat(screen()).isEqualTo("3/4/5");
    assertThat(cursor()).isEqualTo("2,1");
    model.resize(5, 20);
    assertThat(screen()).isEqualTo("3/4/5");
  }

  @Test
  void endless_marks_do_not_fill_memory() {
    feed("a" + "\u0301".repeat(10_000));
    assertThat(model.line(0).length()).isLessThan(40);
  }

  @Test
  void huge_numbers_are_bounded() {
    feed("^[99999999999999999999;99999999999999999999HX^[999999999b^[999999999L^[99999999@");
    assertThat(model.rows()).isEqualTo(5);
  }
}
