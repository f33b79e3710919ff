package dev.aegis.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class AgentOptionsTests {

  @Test
  void an_agent_with_a_daemon_of_its_own_is_started_without() {
    assertThat(AgentOptions.of("/opt/bin/codex", Map.of()).arguments())
        .containsExactly("-c", "features.daemon_auto_start=false");
    assertThat(AgentOptions.of("cline", Map.of()).environment())
        .containsEntry("CLINE_SESSION_BACKEND_MODE", "local");
  }

  @Test
  void what_the_user_set_stays() {
    assertThat(AgentOptions.of("cline", Map.of("CLINE_SESSION_BACKEND_MODE", "hub")).environment())
        .isEmpty();
  }

  @Test
  void any_other_program_is_started_as_it_is() {
    AgentOptions none = AgentOptions.of("git", Map.of());
    assertThat(none.arguments()).isEmpty();
    assertThat(none.environment()).isEmpty();
  }
}
