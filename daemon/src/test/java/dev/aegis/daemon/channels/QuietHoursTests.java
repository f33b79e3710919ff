package dev.aegis.daemon.channels;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.config.AegisConfig.QuietAction;
import dev.aegis.config.TimeSpan;
import java.time.LocalTime;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuietHoursTests {

  private static final LocalTime TEN = LocalTime.of(22, 0);
  private static final LocalTime SEVEN = LocalTime.of(7, 0);

  @ParameterizedTest
  @CsvSource({"21:59,false", "22:00,true", "00:00,true", "06:59,true", "07:00,false"})
  void a_span_reaches_over_midnight(LocalTime time, boolean quiet) {
    Disturbance night = new Disturbance(5, Optional.of(new TimeSpan(TEN, SEVEN)), QuietAction.HOLD);
    assertThat(night.isQuiet(time)).isEqualTo(quiet);
  }

  @ParameterizedTest
  @CsvSource({"06:59,false", "07:00,true", "21:59,true", "22:00,false"})
  void a_span_within_a_day_stays_within_it(LocalTime time, boolean quiet) {
    Disturbance day = new Disturbance(5, Optional.of(new TimeSpan(SEVEN, TEN)), QuietAction.DENY);
    assertThat(day.isQuiet(time)).isEqualTo(quiet);
    assertThat(day.deniesInQuiet()).isTrue();
  }

  @Test
  void without_a_span_nothing_is_quiet() {
    Disturbance none = new Disturbance(5, Optional.empty(), QuietAction.HOLD);
    assertThat(none.isQuiet(LocalTime.MIDNIGHT)).isFalse();
  }
}
