package dev.aegis.policy.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds of every shipped profile. */
class ShippedProfileTests {
  @ParameterizedTest
  @ValueSource(strings = {"standard", "strict", "observe"})
  void all_load_and_none_narrows_the_baseline(String name) {
    LoadedPolicy loaded = PolicyLoader.load(List.of(PolicyLoader.profile(name)));
    assertThat(loaded.problems()).isEmpty();
    assertThat(loaded.orDenyAll().narrowsBaseline()).isFalse();
  }
}
