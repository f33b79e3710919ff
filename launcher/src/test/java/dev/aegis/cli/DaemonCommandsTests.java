package dev.aegis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DaemonCommandsTests {

  @TempDir private Path empty;

  @Test
  void stopping_what_does_not_run_is_fine() {
    Run run = Run.aegis(Run.home(empty), "stop");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).isEqualTo("daemon not running\n");
    assertThat(empty).isEmptyDirectory();
  }

  @Test
  void stop_passes_force_on_and_reports_a_refusal() throws Exception {
    try (FakeDaemon daemon = new FakeDaemon().refusing("stop", 1, "2 sessions run")) {
      Run run = daemon.aegis("stop");
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.err()).isEqualTo("aegis: 2 sessions run\n");
      daemon.answering("stop", "{}");
      assertThat(daemon.aegis("stop", "--force").out()).isEqualTo("daemon stopped\n");
      assertThat(daemon.calls().get(0).path("force").asBoolean()).isFalse();
      assertThat(daemon.calls().get(1).path("force").asBoolean()).isTrue();
    }
  }

  @Test
  void starting_what_runs_says_so() throws Exception {
    try (FakeDaemon daemon = new FakeDaemon().answering("ping", "{\"pid\": 42}")) {
      Run run = daemon.aegis("start");
      assertThat(run.exitCode()).isZero();
      assertThat(run.out()).isEqualTo("daemon already running, pid 42\n");
    }
  }

  @Test
  void a_port_that_is_none_is_a_configuration_error() {
    Run run = Run.aegis(Run.home(empty), "start", "--port", "70000");
    assertThat(run.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(run.err()).contains("daemon.port", "from 0 to 65535", "70000");
  }

  @Test
  void a_broken_audit_log_is_corrupt_state() throws Exception {
    try (FakeDaemon daemon = new FakeDaemon()) {
      daemon.answering(
          "audit.verify",
          "{\"rows\":3,\"gaps\":0,\"head\":\"ab\",\"anchored_row\":null,\"broken\":null}");
      Run intact = daemon.aegis("audit", "verify");
      assertThat(intact.exitCode()).isZero();
      assertThat(intact.out()).contains("intact", "3 rows");
      daemon.answering(
          "audit.verify",
          "{\"rows\":3,\"gaps\":0,\"head\":\"ab\",\"anchored_row\":null,\"broken\":{\"row\":2,\"why\":\"hash differs\"}}");
      Run broken = daemon.aegis("audit", "verify", "--json");
      assertThat(broken.exitCode()).isEqualTo(ExitCode.CORRUPT_STATE);
      assertThat(broken.err()).contains("row 2", "hash differs");
      assertThat(Schema.named("audit-verify").complaints(broken.out())).isEmpty();
    }
  }
}
