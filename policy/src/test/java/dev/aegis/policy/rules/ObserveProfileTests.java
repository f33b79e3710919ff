package dev.aegis.policy.rules;

import static dev.aegis.policy.Operations.connect;
import static dev.aegis.policy.Operations.delete;
import static dev.aegis.policy.Operations.execute;
import static dev.aegis.policy.Operations.read;
import static dev.aegis.policy.Operations.write;
import static dev.aegis.policy.ScriptedSurroundings.HOME;
import static dev.aegis.policy.ScriptedSurroundings.WORKSPACE;
import static dev.aegis.policy.Verdict.ALLOW;
import static dev.aegis.policy.Verdict.DENY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.operation.Operation;
import dev.aegis.operation.OperationKind;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the profile {@code observe} means: nothing is asked, and nearly nothing denied. */
class ObserveProfileTests extends ProfileTrial {
  ObserveProfileTests() {
    super(Policies.engine(Policies.user("[policy]\nextends = \"observe\"\n")));
  }

  @Test
  void it_does_not_narrow_the_baseline() {
    assertThat(engine().narrowsBaseline()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "git push -f",
        "npm install left-pad",
        "sudo ls",
        "rm -rf somedir",
        "curl https://example.com -o x",
        "docker run alpine",
        "eval $X",
      })
  void commands_are_allowed(String line) {
    says(execute(line.split(" ", -1)), ALLOW);
  }

  @Test
  void files_secrets_and_connections_too() {
    world.file(HOME + "/.ssh/id_ed25519");
    says(read(HOME + "/.ssh/id_ed25519"), ALLOW);
    says(write(HOME + "/.bashrc"), ALLOW);
    world.file(WORKSPACE + "/thesis.tex");
    says(delete(WORKSPACE + "/thesis.tex"), ALLOW);
    says(connect("/run/docker.sock"), ALLOW);
    says(connect("93.184.216.34", 443), ALLOW);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mkfs.ext4 /dev/sdb1",
        "dd if=x of=/dev/sda",
        "rm -rf /",
        "kill -9 -1",
        "bash -c :(){ :|:& };:",
      })
  void what_would_harm_the_machine_is_denied(String line) {
    says(execute(line.split(" ", 3)), DENY);
  }

  @Test
  void and_machine_calls_and_other_processes() {
    says(new Operation.SystemCall(OperationKind.SYSTEM, "reboot", Optional.empty(), 0), DENY);
    says(read("/proc/4711/mem"), DENY);
    says(write("/proc/4711/mem"), DENY);
  }

  @Test
  void and_to_change_the_rules_of_aegis() {
    says(write(HOME + "/.aegis/policy.toml"), DENY);
    says(write(WORKSPACE + "/.aegis/policy.toml"), DENY);
    says(execute("bash", "-c", "echo x > ~/.aegis/policy.toml"), DENY);
  }
}
