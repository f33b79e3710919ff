package dev.aegis.daemon.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.daemon.store.ProcessKey;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KnownSettingsTests {
  private static final ProcessKey WRAPPED = new ProcessKey(10, 1);
  private static final ProcessKey CHILD = new ProcessKey(11, 2);
  private static final ProcessKey GRANDCHILD = new ProcessKey(12, 3);
  private static final ProcessKey SIBLING = new ProcessKey(13, 4);

  private final List<ProcessKey> looked = new ArrayList<>();
  private final KnownSettings settings =
      new KnownSettings(
          process -> {
            looked.add(process);
            return List.of("PAGER=/mine", "HOME=/home/ada");
          });

  @Test
  void what_the_wrapped_program_began_with_is_known_to_all_and_looked_at_once() {
    assertThat(settings.holds(List.of(CHILD, WRAPPED), "PAGER=/mine")).isTrue();
    assertThat(settings.holds(List.of(SIBLING, WRAPPED), "PAGER=/mine")).isTrue();
    assertThat(settings.holds(List.of(WRAPPED), "PAGER=/other")).isFalse();
    assertThat(looked).containsExactly(WRAPPED);
  }

  @Test
  void what_was_allowed_is_known_to_those_below_and_to_no_others() {
    settings.accept(CHILD, List.of("BASH_ENV=/x"));
    assertThat(settings.holds(List.of(GRANDCHILD, CHILD, WRAPPED), "BASH_ENV=/x")).isTrue();
    assertThat(settings.holds(List.of(SIBLING, WRAPPED), "BASH_ENV=/x")).isFalse();
    assertThat(settings.holds(List.of(WRAPPED), "BASH_ENV=/x")).isFalse();
  }

  @Test
  void a_stranger_knows_nothing() {
    assertThat(settings.holds(List.of(), "PAGER=/mine")).isFalse();
  }
}
