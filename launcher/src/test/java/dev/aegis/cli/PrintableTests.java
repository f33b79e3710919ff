package dev.aegis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTests {

  @Test
  void letters_of_all_scripts_pass() {
    assertThat(Printable.of("naïve 名前 🙂")).isEqualTo("naïve 名前 🙂");
  }

  @Test
  void controls_reordering_and_raw_bytes_are_spelled_out() {
    assertThat(Printable.of("a\033[31m\r\n\t\u0007")).isEqualTo("a\\u001b[31m\\u000d\\n\\t\\u0007");
    assertThat(Printable.of("txt\u202Eexe")).isEqualTo("txt\\u202eexe");
    assertThat(Printable.of("caf\uDCE9")).isEqualTo("caf\\xe9");
    assertThat(Printable.of("\u009b2J")).isEqualTo("\\u009b2J");
  }

  @Test
  void what_is_cut_is_marked() {
    assertThat(Printable.of("abcdef", 4)).isEqualTo("abc…");
    assertThat(Printable.of("abcd", 4)).isEqualTo("abcd");
  }
}
