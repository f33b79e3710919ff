package dev.aegis.daemon.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.policy.OperationCount;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OperationCountsTests {
  private long now = Long.MAX_VALUE - 5;
  private final OperationCounts counts = new OperationCounts(() -> now);

  private static OperationCount rule(String name, int moreThan, int seconds) {
    return new OperationCount(name, moreThan, Optional.of(Duration.ofSeconds(seconds)));
  }

  private void pass(int seconds) {
    now += TimeUnit.SECONDS.toNanos(seconds);
  }

  @Test
  void counts_what_lies_within_the_window() {
    OperationCount rule = rule("deletes", 3, 10);
    assertThat(counts.count(rule)).isEqualTo(1);
    pass(6);
    assertThat(counts.count(rule)).isEqualTo(2);
    pass(6);
    assertThat(counts.count(rule)).isEqualTo(2);
    pass(60);
    assertThat(counts.count(rule)).isEqualTo(1);
  }

  @Test
  void rules_are_counted_apart() {
    counts.count(rule("one", 3, 10));
    assertThat(counts.count(rule("other", 3, 10))).isEqualTo(1);
  }

  @Test
  void without_a_window_the_whole_session_counts() {
    OperationCount rule = new OperationCount("all", 2, Optional.empty());
    counts.count(rule);
    pass(100_000);
    counts.count(rule);
    pass(100_000);
    assertThat(counts.count(rule)).isEqualTo(3);
  }

  @Test
  void says_the_same_as_counting_everything() {
    OperationCount rule = rule("any", 40, 20);
    Random random = new Random(5);
    List<Long> all = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      pass(random.nextInt(10) == 0 ? random.nextInt(15) : 0);
      all.add(now);
      long within = all.stream().filter(t -> now - t <= TimeUnit.SECONDS.toNanos(20)).count();
      assertThat(counts.count(rule) > 40).isEqualTo(within > 40);
    }
  }

  @Test
  void what_no_policy_asks_about_any_more_is_forgotten() {
    OperationCount current = rule("current", 3, 1000);
    counts.count(current);
    for (int i = 0; i < 10_000; i++) {
      counts.count(rule("old" + i, 3, 1000));
      if (i % 100 == 0) {
        counts.count(current);
      }
    }
    assertThat(counts.count(current)).isEqualTo(4);
    assertThat(counts.count(rule("old1", 3, 1000))).isEqualTo(1);
  }
}
