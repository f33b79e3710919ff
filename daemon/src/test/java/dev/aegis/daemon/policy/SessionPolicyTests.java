package dev.aegis.daemon.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.config.PolicyFiles;
import dev.aegis.config.ProjectPolicies;
import dev.aegis.config.TrustedProjects;
import dev.aegis.daemon.events.EventBus;
import dev.aegis.operation.Operation;
import dev.aegis.operation.OperationKind;
import dev.aegis.policy.PolicyEngine;
import dev.aegis.policy.Verdict;
import dev.aegis.policy.rules.ImaginarySurroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the policy of a workspace does to the sessions in it. */
class SessionPolicyTests {

  private static final String NO_NETWORK =
      """
      [[policy.rules]]
      name = "no-network"
      match = { tool = "connect" }
      action = "deny"
      """;
  private static final String ALL_IS_ALLOWED =
      """
      [[policy.rules]]
      name = "all"
      match = { }
      action = "allow"
      """;
  private static final Operation CONNECT =
      new Operation.SocketAccess(OperationKind.CONNECT, "192.0.2.1", 443, Optional.empty());
  private static final Operation REBOOT =
      new Operation.SystemCall(OperationKind.SYSTEM, "reboot", Optional.empty(), 0);

  @TempDir private Path root;
  private final EventBus bus = new EventBus();
  private final List<CurrentPolicy.Told> told = new ArrayList<>();
  private Path workspace;
  private PolicyFiles files;
  private TrustedProjects trusted;
  private CurrentPolicy policy;

  @BeforeEach
  void home() throws IOException {
    Path home = Files.createDirectory(root.toRealPath().resolve("home"));
    workspace = Files.createDirectory(root.toRealPath().resolve("work"));
    files = new PolicyFiles(home.resolve("policy.toml"), home.resolve("policy.d"));
    trusted = new TrustedProjects(home.resolve("trusted-projects"));
    bus.subscribe(CurrentPolicy.Told.class, told::add);
    policy = CurrentPolicy.load(files, trusted, bus);
  }

  private Path project(String text) throws IOException {
    Path file = ProjectPolicies.file(workspace);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private Supplier<PolicyEngine> session() {
    return policy.of("s1", List.of(workspace));
  }

  private static Verdict verdict(Supplier<PolicyEngine> policy, Operation operation) {
    return policy
        .get()
        .decide(operation, "/usr/bin/node", ImaginarySurroundings.acting())
        .verdict();
  }

  @Test
  void a_project_tightens_its_own_sessions_and_no_others() throws IOException {
    project(NO_NETWORK);

    assertThat(verdict(session(), CONNECT)).isEqualTo(Verdict.DENY);
    assertThat(verdict(policy.of("s2", List.of(root)), CONNECT)).isEqualTo(Verdict.ALLOW);
    assertThat(verdict(policy, CONNECT)).isEqualTo(Verdict.ALLOW);
  }

  @Test
  void a_project_does_not_loosen_until_the_user_trusts_this_very_text() throws Exception {
    Path file = project(ALL_IS_ALLOWED);
    Supplier<PolicyEngine> session = session();
    assertThat(verdict(session, REBOOT)).isEqualTo(Verdict.DENY);

    assertThat(trusted.trust(file)).isTrue();
    policy.refresh();
    assertThat(verdict(session, REBOOT)).isEqualTo(Verdict.ALLOW);
    assertThat(policy.status().projects())
        .containsExactly(
            new PolicyStatus.Project(
                file.toString(), PolicyStatus.State.LOADED, true, Optional.empty()));

    project(ALL_IS_ALLOWED + "# by whoever can write here\n");
    policy.refresh();
    assertThat(verdict(session, REBOOT)).isEqualTo(Verdict.DENY);

    trusted.trust(file);
    trusted.distrust(file);
    policy.refresh();
    assertThat(verdict(session, REBOOT)).isEqualTo(Verdict.DENY);
  }

  @Test
  void a_broken_edit_keeps_what_the_project_said_before_and_tells_the_session() throws Exception {
    project(NO_NETWORK);
    Supplier<PolicyEngine> session = session();
    Path file = project("[policy]\nallow = \"everything\"\n");
    policy.refresh();

    assertThat(verdict(session, CONNECT)).isEqualTo(Verdict.DENY);
    assertThat(told)
        .singleElement()
        .satisfies(t -> assertThat(t.session()).contains("s1"))
        .satisfies(t -> assertThat(t.text()).contains(file + ":2:1", "the last good policy stays"));
    assertThat(policy.complaints("s1")).singleElement().asString().contains(file + ":2:1");
    assertThat(policy.complaints("s2")).isEmpty();
    assertThat(policy.status().projects())
        .extracting(PolicyStatus.Project::state)
        .containsExactly(PolicyStatus.State.BROKEN);
  }

  @Test
  void one_that_was_never_whole_denies_everything_in_its_sessions() throws IOException {
    Path file = project("[policy\n");
    PolicyEngine engine = session().get();

    assertThat(engine.decide(CONNECT, "/bin/x", ImaginarySurroundings.acting()))
        .satisfies(d -> assertThat(d.verdict()).isEqualTo(Verdict.DENY))
        .satisfies(d -> assertThat(d.reason()).contains(file + ":1:"));
    assertThat(verdict(policy, CONNECT)).isEqualTo(Verdict.ALLOW);
  }

  @Test
  void links_do_not_lead_to_a_project_s_policy() throws IOException {
    Path elsewhere = Files.writeString(root.resolve("elsewhere.toml"), NO_NETWORK);
    Files.createDirectory(workspace.resolve(".aegis"));
    Files.createSymbolicLink(ProjectPolicies.file(workspace), elsewhere);
    session();
    assertThat(policy.complaints("s1").toString()).contains("is no plain file");

    Files.delete(ProjectPolicies.file(workspace));
    Files.createLink(ProjectPolicies.file(workspace), elsewhere);
    policy.refresh();
    assertThat(policy.complaints("s1").toString()).contains("has another name");
  }

  @Test
  void the_home_s_edits_reach_sessions_whose_project_tightens() throws IOException {
    project(NO_NETWORK);
    Supplier<PolicyEngine> session = session();
    Files.writeString(files.user(), ALL_IS_ALLOWED);
    policy.refresh();

    assertThat(verdict(session, REBOOT)).isEqualTo(Verdict.ALLOW);
    assertThat(verdict(session, CONNECT)).isEqualTo(Verdict.DENY);

    Files.writeString(files.user(), "nonsense");
    policy.refresh();
    assertThat(verdict(session, REBOOT)).isEqualTo(Verdict.ALLOW);
    assertThat(told).extracting(CurrentPolicy.Told::session).containsOnly(Optional.empty());
    assertThat(told.get(1).text()).startsWith("the policy is broken: " + files.user() + ":1:");
  }

  @Test
  void an_edit_of_a_project_is_in_force_without_anybody_asking() throws Exception {
    LinkedBlockingQueue<CurrentPolicy.Changed> changes = new LinkedBlockingQueue<>();
    bus.subscribe(CurrentPolicy.Changed.class, changes::add);
    try (PolicyWatch watch = PolicyWatch.start(policy)) {
      assertThat(watch).isNotNull();
      Supplier<PolicyEngine> session = session();
      project(NO_NETWORK);
      assertThat(changes.poll(10, TimeUnit.SECONDS)).isNotNull();
      assertThat(verdict(session, CONNECT)).isEqualTo(Verdict.DENY);

      Files.delete(ProjectPolicies.file(workspace));
      assertThat(changes.poll(10, TimeUnit.SECONDS)).isNotNull();
      assertThat(verdict(session, CONNECT)).isEqualTo(Verdict.ALLOW);

      Files.createDirectory(files.learned());
      Files.writeString(files.learned().resolve("a.toml"), NO_NETWORK);
      assertThat(changes.poll(10, TimeUnit.SECONDS)).isNotNull();
      assertThat(verdict(session, CONNECT)).isEqualTo(Verdict.DENY);
    }
  }

  @Test
  void what_has_ended_is_known_no_longer() throws IOException {
    project(NO_NETWORK);
    session();
    policy.ended("s1");
    assertThat(policy.status().projects()).isEmpty();
    assertThat(policy.places()).doesNotContain(workspace);
  }
}
