package dev.aegis.policy.rules;

import static dev.aegis.policy.Operations.chmod;
import static dev.aegis.policy.Operations.connect;
import static dev.aegis.policy.Operations.execute;
import static dev.aegis.policy.Operations.read;
import static dev.aegis.policy.ScriptedSurroundings.WORKSPACE;
import static dev.aegis.policy.Verdict.ALLOW;
import static dev.aegis.policy.Verdict.DENY;
import static dev.aegis.policy.Verdict.REQUIRE_APPROVAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.operation.Operation;
import dev.aegis.operation.OperationKind;
import dev.aegis.policy.Listener;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code standard} says of what reaches out of the session. */
class StandardBoundaryTests extends ProfileTrial {
  StandardBoundaryTests() {
    super(Policies.engine());
  }

  @Nested
  class Privilege_and_escape {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "sudo ls",
          "su -c ls",
          "chroot /x ls",
          "crontab x",
          "systemctl --user start x",
          "docker run -v /:/host x",
          "docker run --privileged x",
          "tmux send-keys ls",
          "systemd-run ls"
        })
    void ask(String line) {
      says(execute(line.split(" ", -1)), REQUIRE_APPROVAL);
    }

    @Test
    void set_id_bits_ask() {
      says(chmod(WORKSPACE + "/x", 04755), REQUIRE_APPROVAL);
      says(chmod(WORKSPACE + "/x", 02755), REQUIRE_APPROVAL);
      says(chmod(WORKSPACE + "/x", 0755), ALLOW);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "/run/docker.sock", "/var/run/docker.sock", "/run/user/1000/podman/podman.sock",
          "/tmp/tmux-1000/default", "/run/user/1000/bus", "/run/user/1000/systemd/private",
          "/run/systemd/private", "/run/dbus/system_bus_socket"
        })
    void executors_ask(String socket) {
      says(connect(socket), REQUIRE_APPROVAL);
    }

    @Test
    void mounts_and_machine_calls_are_denied() {
      says(system(OperationKind.MOUNT, "mount", 0), DENY);
      says(system(OperationKind.SYSTEM, "reboot", 0), DENY);
    }

    private Operation system(OperationKind kind, String call, int target) {
      return new Operation.SystemCall(kind, call, Optional.empty(), target);
    }

    @Test
    void tracing_inside_is_allowed_and_outside_denied() {
      says(system(OperationKind.TRACE, "ptrace", 100), ALLOW);
      says(system(OperationKind.TRACE, "ptrace", 4711), DENY);
    }

    @Test
    void looking_into_other_processes_is_denied() {
      says(read("/proc/4711/environ"), DENY);
      says(read("/proc/4711/mem"), DENY);
      says(read("/proc/4711/status"), ALLOW);
      says(read("/proc/100/environ"), ALLOW);
    }

    @Test
    void signals_inside_are_allowed_and_outside_asked() {
      says(new Operation.Signal(100, 15), ALLOW);
      says(new Operation.Signal(-100, 9), ALLOW);
      says(new Operation.Signal(0, 2), ALLOW);
      says(new Operation.Signal(4711, 0), ALLOW);
      says(new Operation.Signal(4711, 15), REQUIRE_APPROVAL);
      says(new Operation.Signal(-1, 9), REQUIRE_APPROVAL);
    }
  }

  @Nested
  class Network {
    @Test
    void connections_are_allowed() {
      says(connect("93.184.216.34", 443), ALLOW);
      says(connect("127.0.0.1", 3000), ALLOW);
      says(connect("/run/user/1000/wayland-0"), ALLOW);
      says(connect("/run/user/1000/gnupg/S.gpg-agent"), ALLOW);
    }

    @Test
    void those_to_who_works_for_whoever_asks_ask() {
      says(connect("/run/docker.sock"), REQUIRE_APPROVAL);
      says(connect("/tmp/tmux-1000/default"), REQUIRE_APPROVAL);
      says(connect("127.0.0.1", 25463), REQUIRE_APPROVAL);
      assertThat(says(connect("/tmp/.X11-unix/X0"), REQUIRE_APPROVAL).oncePerSession()).isTrue();
    }

    @Test
    void those_to_what_the_session_itself_started_do_not() {
      world.listener(new Listener(true, "tmux -S /tmp/tmux-1000/default"));
      says(connect("/tmp/tmux-1000/default"), ALLOW);
      says(connect("127.0.0.1", 25463), ALLOW);
    }

    @Test
    void an_executor_at_any_port_is_known_by_its_command_line() {
      world.listener(
          new Listener(false, "java -Xmx512m org.gradle.launcher.daemon.bootstrap.GradleDaemon 8"));
      says(connect("127.0.0.1", 41234), REQUIRE_APPROVAL);
      says(connect("93.184.216.34", 41234), ALLOW);
      world.listener(new Listener(false, "/usr/lib/postgresql/15/bin/postgres -D data"));
      says(connect("127.0.0.1", 5432), ALLOW);
    }

    @Test
    void the_credentials_service_of_a_cloud_asks() {
      says(connect("169.254.169.254", 80), REQUIRE_APPROVAL);
    }
  }
}
