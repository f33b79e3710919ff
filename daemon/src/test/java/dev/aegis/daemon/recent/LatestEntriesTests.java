package dev.aegis.daemon.recent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LatestEntriesTests {

  @Test
  void what_was_written_first_is_forgotten_though_it_was_asked_for() {
    Map<String, Integer> entries = LatestEntries.written(2);
    entries.put("a", 1);
    entries.put("b", 2);
    assertThat(entries.get("a")).isEqualTo(1);
    entries.put("c", 3);
    assertThat(entries).containsOnlyKeys("b", "c");
  }

  @Test
  void what_was_not_used_for_longest_is_forgotten() {
    Map<String, Integer> entries = LatestEntries.used(2);
    entries.put("a", 1);
    entries.put("b", 2);
    assertThat(entries.get("a")).isEqualTo(1);
    entries.put("c", 3);
    assertThat(entries).containsOnlyKeys("a", "c");
  }
}
