package dev.aegis.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DenialNoticesTests {

  private final DenialNotices notices = new DenialNotices();

  private static JsonNode denial(long pid, String rule, String command) {
    return new ObjectMapper()
        .valueToTree(Map.of("pid", pid, "rule", rule, "command", command, "reason", "no"));
  }

  @Test
  void a_rule_and_process_are_told_once_and_then_summed_up() {
    assertThat(notices.tell(denial(7, "secrets", "read a")))
        .contains("denied: read a (secrets: no)");
    assertThat(notices.tell(denial(7, "secrets", "read b")))
        .contains("denied: more of process 7 by rule secrets, not shown one by one");
    assertThat(notices.tell(denial(7, "secrets", "read c"))).isEmpty();
  }

  @Test
  void another_rule_or_process_is_told_of_its_own() {
    notices.tell(denial(7, "secrets", "read a"));
    assertThat(notices.tell(denial(8, "secrets", "read a"))).isPresent();
    assertThat(notices.tell(denial(7, "elsewhere", "write a"))).isPresent();
  }

  @Test
  void a_script_of_many_lines_does_not_fill_the_screen() {
    assertThat(notices.tell(denial(7, "secrets", "bash -c 'cat a\ncat b\ncat c'")))
        .contains("denied: bash -c 'cat a … (secrets: no)");
    assertThat(notices.tell(denial(8, "secrets", "rm " + "long/".repeat(100))).orElseThrow())
        .hasSizeLessThan(250)
        .endsWith("… (secrets: no)");
  }
}
