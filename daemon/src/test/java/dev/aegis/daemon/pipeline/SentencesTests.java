package dev.aegis.daemon.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.operation.Floor;
import dev.aegis.operation.Operation;
import org.junit.jupiter.api.Test;

class SentencesTests {

  private static final Operation SIGNAL = new Operation.Signal(1, 15);

  @Test
  void a_signal_that_the_floor_refuses_anyway_says_so() {
    assertThat(Sentences.why(SIGNAL, "outside the session", Floor.SCOPE))
        .isEqualTo(
            "outside the session; even approved it fails: the kernel's floor lets no signal out of"
                + " this session");
  }

  @Test
  void without_a_floor_the_reason_stays_as_it_is() {
    assertThat(Sentences.why(SIGNAL, "outside the session", Floor.NONE))
        .isEqualTo("outside the session");
  }
}
