package dev.aegis.daemon.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.config.PolicyFiles;
import dev.aegis.config.TrustedProjects;
import dev.aegis.daemon.events.EventBus;
import dev.aegis.policy.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CurrentPolicyTests {

  private static final String GOOD = "[policy]\ndefault_action = \"deny\"\n";
  private static final String BROKEN = "[policy]\ndefault_action = \"perhaps\"\n";

  @TempDir private Path directory;
  private final EventBus bus = new EventBus();
  private PolicyFiles files;
  private TrustedProjects trusted;

  @BeforeEach
  void learnedDirectory() throws Exception {
    trusted = new TrustedProjects(directory.resolve("trusted-projects"));
    files =
        new PolicyFiles(
            directory.resolve("policy.toml"), Files.createDirectory(directory.resolve("policy.d")));
  }

  @Test
  void without_a_file_the_shipped_profile_is_in_force() {
    PolicyStatus status = CurrentPolicy.load(files, trusted, bus).status();

    assertThat(status.state()).isEqualTo(PolicyStatus.State.ABSENT);
    assertThat(status.rules()).isPositive();
    assertThat(status.error()).isEmpty();
  }

  @Test
  void a_broken_file_at_first_start_denies_everything_and_says_where_it_is_broken()
      throws Exception {
    Files.writeString(files.user(), BROKEN);
    PolicyStatus status = CurrentPolicy.load(files, trusted, bus).status();

    assertThat(status.state()).isEqualTo(PolicyStatus.State.BROKEN);
    assertThat(status.defaultAction()).isEqualTo(Verdict.DENY);
    assertThat(status.error().orElseThrow())
        .startsWith(files.user() + ":2:")
        .endsWith("(everything is denied)");
  }

  @Test
  void a_broken_edit_keeps_the_last_good_policy_and_says_so() throws Exception {
    Files.writeString(files.user(), GOOD);
    CurrentPolicy policy = CurrentPolicy.load(files, trusted, bus);
    Object before = policy.get();

    Files.writeString(files.user(), BROKEN);
    policy.refresh();

    assertThat(policy.get()).isSameAs(before);
    assertThat(policy.status().state()).isEqualTo(PolicyStatus.State.BROKEN);
    assertThat(policy.status().defaultAction()).isEqualTo(Verdict.DENY);
    assertThat(policy.status().error().orElseThrow()).contains("the last good policy stays");
  }

  @Test
  void a_repaired_file_ends_deny_all_and_is_announced() throws Exception {
    Files.writeString(files.user(), BROKEN);
    CurrentPolicy policy = CurrentPolicy.load(files, trusted, bus);
    List<CurrentPolicy.Changed> changes = new ArrayList<>();
    bus.subscribe(CurrentPolicy.Changed.class, changes::add);

    Files.writeString(files.user(), GOOD);
    policy.refresh();
    policy.refresh();

    assertThat(policy.status().state()).isEqualTo(PolicyStatus.State.LOADED);
    assertThat(changes).extracting(CurrentPolicy.Changed::engine).containsExactly(policy.get());
  }

  @Test
  void a_file_that_is_no_text_is_broken_not_absent() throws Exception {
    Files.write(files.user(), new byte[] {(byte) 0xff, (byte) 0xfe});

    assertThat(CurrentPolicy.load(files, trusted, bus).status().state())
        .isEqualTo(PolicyStatus.State.BROKEN);
  }

  @Test
  void an_edit_is_in_force_without_anybody_asking() throws Exception {
    CurrentPolicy policy = CurrentPolicy.load(files, trusted, bus);
    LinkedBlockingQueue<CurrentPolicy.Changed> changes = new LinkedBlockingQueue<>();
    bus.subscribe(CurrentPolicy.Changed.class, changes::add);

    try (PolicyWatch watch = PolicyWatch.start(policy)) {
      assertThat(watch).isNotNull();
      Files.writeString(files.user(), GOOD);
      assertThat(changes.poll(10, TimeUnit.SECONDS)).isNotNull();
      Files.writeString(files.learned().resolve("a.toml"), "[policy]\n");
      assertThat(changes.poll(10, TimeUnit.SECONDS)).isNotNull();
    }
    assertThat(policy.status().state()).isEqualTo(PolicyStatus.State.LOADED);
  }
}
