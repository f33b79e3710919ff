package dev.aegis.daemon.intercept;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SequenceWindowTests {

  @Test
  void any_order_within_the_window_loses_nothing() {
    Random random = new Random(20260103);
    SequenceWindow window = new SequenceWindow();
    for (long start = 1; start < 10_000; start += 500) {
      List<Long> numbers = new ArrayList<>();
      for (long i = start; i < start + 500; i++) {
        numbers.add(i);
      }
      Collections.shuffle(numbers, random);
      for (long number : numbers) {
        assertThat(window.note(number)).isZero();
      }
    }
    assertThat(window.close()).isZero();
  }

  @Test
  void a_gap_shows_when_the_image_ends() {
    SequenceWindow window = new SequenceWindow();
    window.note(1);
    window.note(2);
    window.note(5);
    window.note(9);
    assertThat(window.close()).isEqualTo(5);
    assertThat(window.note(1)).as("the next image begins at one").isZero();
    assertThat(window.close()).isZero();
  }

  @Test
  void a_gap_shows_at_the_latest_when_a_thousand_came_after_it() {
    SequenceWindow window = new SequenceWindow();
    long lost = 0;
    for (long i = 2; i < 2_000; i++) {
      lost += window.note(i);
    }
    assertThat(lost).isEqualTo(1);
  }

  @Test
  void repeated_numbers_count_for_nothing() {
    SequenceWindow window = new SequenceWindow();
    for (int i = 0; i < 5_000; i++) {
      assertThat(window.note(1)).isZero();
    }
  }
}
