package dev.aegis.daemon.pipeline;

import static dev.aegis.daemon.guest.Operations.delete;
import static dev.aegis.daemon.guest.Operations.execute;
import static dev.aegis.daemon.guest.Operations.read;
import static dev.aegis.daemon.guest.Operations.rename;
import static dev.aegis.daemon.guest.Operations.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aegis.config.Role;
import dev.aegis.daemon.approvals.AnswerOutcome;
import dev.aegis.daemon.approvals.Answered;
import dev.aegis.daemon.approvals.Answerer;
import dev.aegis.daemon.approvals.Approval;
import dev.aegis.daemon.approvals.Scope;
import dev.aegis.daemon.guest.Guest;
import dev.aegis.daemon.guest.SupervisedWorld;
import dev.aegis.daemon.store.ApprovalState;
import dev.aegis.operation.Coverage;
import dev.aegis.wire.Answer;
import dev.aegis.wire.Frame;
import dev.aegis.wire.Front;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class HeldOperationsTests {

  @TempDir Path root;

  private static Answered answer(long id, boolean approve, Scope scope) {
    Answerer somebody = Answerer.local("somebody", Role.ADMIN);
    return approve
        ? Answered.yes(id, scope, somebody, "cli")
        : Answered.no(id, somebody, "cli", Optional.of("said so"));
  }

  private static AnswerOutcome decide(SupervisedWorld world, Answered answer) throws Exception {
    return world.approvals().decide(answer).get(10, TimeUnit.SECONDS);
  }

  private static Approval onlyPending(SupervisedWorld world) {
    return await().until(() -> world.approvals().list(false), list -> list.size() == 1).get(0);
  }

  private static Answer verdict(Frame frame) {
    return ((Frame.Verdict) frame).answer();
  }

  @Test
  void what_the_policy_allows_and_denies_is_answered_at_once() throws Exception {
    try (SupervisedWorld world = SupervisedWorld.start(root)) {
      Guest first = world.guest("first").greet();
      assertThat(verdict(first.ask(write(world.work().resolve("new"))))).isEqualTo(Answer.ALLOW);
      Frame.Verdict denied = (Frame.Verdict) first.ask(read(world.work().resolve("forbidden")));
      assertThat(denied.answer()).isEqualTo(Answer.DENY);
      assertThat(denied.rule()).contains("no-forbidden");
      assertThat(denied.reason()).contains("said no-forbidden");
      assertThat(denied.tell()).as("the wrapped program's descriptor 2 is the screen").isFalse();
      assertThat(world.audit("operation.denied")).hasSize(1);
      await().until(() -> world.audit("operations.allowed").size() == 1);
    }
  }

  @Test
  void a_child_is_told_to_tell() throws Exception {
    try (SupervisedWorld world = SupervisedWorld.start(root)) {
      Guest child = world.guest("first").greet().fork("child").greet();
      Frame.Verdict denied = (Frame.Verdict) child.ask(write(world.work().resolve("forbidden")));
      assertThat(denied.tell()).isTrue();
    }
  }

  @Test
  void looking_into_every_process_is_refused_without_a_word_and_recorded_together()
      throws Exception {
    try (SupervisedWorld world = SupervisedWorld.start(root)) {
      Guest child = world.guest("first").greet().fork("child").greet();
      for (int pid = 1; pid < 30; pid++) {
        Frame.Verdict denied =
            (Frame.Verdict) child.ask(read(Path.of("/proc", "" + pid, "forbidden")));
        assertThat(denied.answer()).isEqualTo(Answer.DENY);
        assertThat(denied.tell()).isFalse();
      }
      Frame.Verdict memory = (Frame.Verdict) child.ask(read(Path.of("/proc/1/forbidden/mem")));
      assertThat(memory.tell()).isTrue();
      assertThat(world.audit("operation.denied")).hasSize(1);
      await()
          .untilAsserted(
              () ->
                  assertThat(String.join("", world.audit("operations.denied")))
                      .contains("/proc/1/forbidden", "/proc/29/forbidden"));
      assertThat(world.audit("denials.burst")).isEmpty();
    }
  }

  @Test
  void a_deletion_waits_for_a_person_and_goes_on_when_approved() throws Exception {
    try (SupervisedWorld world = SupervisedWorld.start(root)) {
      Path file = world.file("precious");
      Guest first = world.guest("first").greet();
      Frame.Held held = (Frame.Held) first.ask(delete(file));
      Approval asked = onlyPending(world);
      assertThat(asked.id()).isEqualTo(held.request());
      assertThat(asked.command()).isEqualTo("delete " + file);
      assertThat(asked.blastRadius().files()).isEqualTo(1);
      assertThat(asked.blastRadius().bytes()).isEqualTo(8);
      assertThat(decide(world, answer(asked.id(), true, Scope.ONCE)))
          .isInstanceOf(AnswerOutcome.Accepted.class);
      assertThat(first.verdict().answer()).isEqualTo(Answer.ALLOW);
      first.release(held.request());
      await()
          .until(
              () -> world.approvals().show(asked.id()).orElseThrow().approval().releasedAt(),
              Optional::isPresent);
      assertThat(decide(world, answer(asked.id(), false, Scope.ONCE)))
          .isInstanceOf(AnswerOutcome.TooLate.class);
      assertThat(first.ask(delete(file)))
          .as("an approval for once is used up")
          .isInstanceOf(Frame.Held.class);
    }
  }

  @Test
  void who_read_a_secret_with_an_approval_reads_it_again_while_it_is_the_same() throws Exception {
    try (SupervisedWorld world = SupervisedWorld.start(root)) {
      Path secret = world.file("secret");
      Guest first = world.guest("first").greet();
      assertThat(first.ask(read(secret))).isInstanceOf(Frame.Held.class);
      decide(world, answer(onlyPending(world).id(), true, Scope.ONCE));
      assertThat(first.verdict().answer()).isEqualTo(Answer.ALLOW);
      assertThat(verdict(first.ask(read(secret)))).isEqualTo(Answer.ALLOW);
      Guest child = first.fork("child").greet();
      assertThat(child.ask(read(secret))).as("another process").isInstanceOf(Frame.Held.class);
      Files.writeString(secret, "another secret");
      assertThat(first.ask(read(secret))).as("another content").isInstanceOf(Frame.Held.class);
    }
  }

  @Test
  void a_denial_says_who_and_why() throws Exception {
    try (SupervisedWorld world = SupervisedWorld.start(root)) {
      Guest first = world.guest("first").greet();
      Frame.Held held = (Frame.Held) first.ask(delete(world.file("precious")));
      decide(world, answer(held.request(), false, Scope.ONCE));
      assertThat(first.verdict().reason())
          .contains("denied by somebody: said so (approval " + held.request() + ")");
    }
  }

  @Test
  void silence_denies() throws Exception {
    try (SupervisedWorld world = SupervisedWorld.start(root, false, Duration.ofMillis(300))) {
      Guest first = world.guest("first").greet();
      Frame.Held held = (Frame.Held) first.ask(delete(world.file("precious")));
      assertThat(first.verdict().answer()).isEqualTo(Answer.DENY);
      assertThat(world.approvals().show(held.request()).orElseThrow().approval().state())
          .isEqualTo(ApprovalState.EXPIRED);
    }
  }

  @Test
  void a_dry_run_denies_what_would_ask_and_lists_it() throws Exception {
    try (SupervisedWorld world = SupervisedWorld.start(root, true, Duration.ofMinutes(1))) {
      Path file = world.file("precious");
      Guest first = world.guest("first").greet();
      assertThat(verdict(first.ask(delete(file)))).isEqualTo(Answer.DENY);
      assertThat(world.approvals().list(true)).isEmpty();
      assertThat(world.sessions().close(world.session()).get(10, TimeUnit.SECONDS).dryRun())
          .containsExactly("delete " + file + "  (ask-delete)");
    }
  }

  @Test
  void a_held_program_becomes_the_gate_and_its_grant_covers_exactly_its_own_work()
      throws Exception {
    try (SupervisedWorld world = SupervisedWorld.start(root)) {
      Path inside = world.file("build/a");
      Path outside = world.file("src/b");
      Guest first = world.guest("first").greet();
      Guest child = first.fork("child").greet();
      Frame.Verdict held =
          (Frame.Verdict)
              child.ask(execute(SupervisedWorld.PYTHON, world.work(), "rm", "-rf", "build"));
      assertThat(held.answer()).isEqualTo(Answer.HELD);
      long request = held.request().orElseThrow();

      Guest gate = child.execute(world.gate(), "gate").greet(Front.GATE, Coverage.EXEC);
      assertThat(gate.attach(request)).isEqualTo(new Frame.Held(1, request));
      assertThat(onlyPending(world).command()).isEqualTo("rm -rf build");
      decide(world, answer(request, true, Scope.ONCE));
      assertThat(gate.verdict().answer()).isEqualTo(Answer.ALLOW);
      gate.release(request);

      Guest rm = gate.execute(SupervisedWorld.PYTHON, "rm").greet();
      assertThat(verdict(rm.ask(delete(inside)))).isEqualTo(Answer.ALLOW);
      assertThat(verdict(rm.fork("helper").greet().ask(delete(inside))))
          .as("its descendants too")
          .isEqualTo(Answer.ALLOW);
      assertThat(rm.ask(delete(outside))).as("nothing else").isInstanceOf(Frame.Held.class);
      assertThat(first.ask(delete(inside))).as("not its parent").isInstanceOf(Frame.Held.class);
      assertThat(first.forkSilently("sibling").greet().ask(delete(inside)))
          .as("not its siblings")
          .isInstanceOf(Frame.Held.class);
    }
  }

  @Test
  void a_double_fork_keeps_the_grant() throws Exception {
    try (SupervisedWorld world = SupervisedWorld.start(root)) {
      Path inside = world.file("build/a");
      Guest first = world.guest("first").greet();
      long request =
          ((Frame.Verdict)
                  first.ask(execute(SupervisedWorld.PYTHON, world.work(), "rm", "-r", "build")))
              .request()
              .orElseThrow();
      Guest gate = first.execute(world.gate(), "gate").greet(Front.GATE, Coverage.EXEC);
      gate.attach(request);
      decide(world, answer(request, true, Scope.ONCE));
      gate.receive();
      Guest rm = gate.execute(SupervisedWorld.PYTHON, "rm").greet();
      for (int i = 0; i < 10; i++) {
        Guest orphan = rm.doubleFork("orphan" + i).greet();
        assertThat(verdict(orphan.ask(delete(inside)))).isEqualTo(Answer.ALLOW);
      }
    }
  }

  @Test
  void an_approval_for_the_session_covers_the_same_shape_only() throws Exception {
    try (SupervisedWorld world = SupervisedWorld.start(root)) {
      Guest first = world.guest("first").greet();
      Frame.Held held = (Frame.Held) first.ask(delete(world.file("d/a")));
      decide(world, answer(held.request(), true, Scope.SESSION));
      assertThat(first.verdict().answer()).isEqualTo(Answer.ALLOW);
      assertThat(verdict(first.ask(delete(world.file("d/b"))))).isEqualTo(Answer.ALLOW);
      assertThat(first.ask(delete(world.file("e/b")))).isInstanceOf(Frame.Held.class);
    }
  }

  @Test
  void equal_questions_are_one_question() throws Exception {
    try (SupervisedWorld world = SupervisedWorld.start(root)) {
      Path file = world.file("precious");
      Guest first = world.guest("first").greet();
      Guest second = first.fork("second").greet();
      Frame.Held one = (Frame.Held) first.ask(delete(file));
      Frame.Held other = (Frame.Held) second.ask(delete(file));
      assertThat(other.request()).isEqualTo(one.request());
      decide(world, answer(one.request(), true, Scope.ONCE));
      assertThat(first.verdict().answer()).isEqualTo(Answer.ALLOW);
      assertThat(second.verdict().answer()).isEqualTo(Answer.ALLOW);
    }
  }

  @Test
  void a_program_that_changed_since_it_was_asked_about_is_not_approved() throws Exception {
    try (SupervisedWorld world = SupervisedWorld.start(root)) {
      Path tool = Files.copy(Path.of("/bin/true").toRealPath(), world.work().resolve("tool"));
      assertThat(tool.toFile().setExecutable(true)).isTrue();
      Guest first = world.guest("first").greet();
      long request =
          ((Frame.Verdict) first.ask(execute(tool, world.work(), "rm", "-r", "x")))
              .request()
              .orElseThrow();
      Files.writeString(tool, "something else");
      assertThat(decide(world, answer(request, true, Scope.ONCE)))
          .isInstanceOf(AnswerOutcome.Voided.class);
      Guest gate = first.execute(world.gate(), "gate").greet(Front.GATE, Coverage.EXEC);
      assertThat(verdict(gate.attach(request))).isEqualTo(Answer.DENY);
    }
  }

  @Test
  void a_question_ends_with_the_process_that_asked() throws Exception {
    try (SupervisedWorld world = SupervisedWorld.start(root)) {
      Guest child = world.guest("first").greet().fork("child").greet();
      Frame.Held held = (Frame.Held) child.ask(delete(world.file("precious")));
      child.exit();
      await()
          .until(
              () -> world.approvals().show(held.request()).orElseThrow().approval().state(),
              ApprovalState.CANCELLED::equals);
    }
  }

  @Test
  void a_request_of_another_process_cannot_be_taken_up() throws Exception {
    try (SupervisedWorld world = SupervisedWorld.start(root)) {
      Guest first = world.guest("first").greet();
      Guest thief = first.fork("thief").greet();
      Frame.Held held = (Frame.Held) first.ask(delete(world.file("precious")));
      Frame.Verdict refused = (Frame.Verdict) thief.attach(held.request());
      assertThat(refused.answer()).isEqualTo(Answer.DENY);
      assertThat(refused.errno()).hasValue(3);
    }
  }

  @Test
  void pending_approvals_and_grants_survive_the_daemon() throws Exception {
    try (SupervisedWorld world = SupervisedWorld.start(root)) {
      Path inside = world.file("build/a");
      Guest first = world.guest("first").greet();
      Guest child = first.fork("child").greet();
      long request =
          ((Frame.Verdict)
                  child.ask(execute(SupervisedWorld.PYTHON, world.work(), "rm", "-r", "build")))
              .request()
              .orElseThrow();
      Guest gate = child.execute(world.gate(), "gate").greet(Front.GATE, Coverage.EXEC);
      gate.attach(request);
      Frame.Held file = (Frame.Held) first.ask(delete(world.file("precious")));

      world.restartDaemon();
      assertThat(first.receive()).as("the connection is lost").isNull();
      first.greet();
      assertThat(first.attach(file.request())).isInstanceOf(Frame.Held.class);
      gate.greet(Front.GATE, Coverage.EXEC);
      assertThat(gate.attach(request)).isInstanceOf(Frame.Held.class);
      decide(world, answer(file.request(), true, Scope.ONCE));
      assertThat(first.verdict().answer()).isEqualTo(Answer.ALLOW);
      decide(world, answer(request, true, Scope.ONCE));
      assertThat(gate.verdict().answer()).isEqualTo(Answer.ALLOW);

      Guest rm = gate.execute(SupervisedWorld.PYTHON, "rm").greet();
      assertThat(verdict(rm.ask(delete(inside)))).isEqualTo(Answer.ALLOW);
      world.restartDaemon();
      rm.greet();
      assertThat(verdict(rm.ask(delete(inside)))).isEqualTo(Answer.ALLOW);
    }
  }

  @Test
  void what_the_session_made_may_go_but_nothing_gains_that_by_a_rename() throws Exception {
    try (SupervisedWorld world = SupervisedWorld.start(root)) {
      Guest first = world.guest("first").greet();
      Path made = world.work().resolve("made");
      assertThat(verdict(first.ask(write(made)))).isEqualTo(Answer.ALLOW);
      Files.writeString(made, "new");
      assertThat(verdict(first.ask(delete(made)))).isEqualTo(Answer.ALLOW);

      Path precious = world.file("precious");
      Path launder = world.work().resolve("launder");
      assertThat(verdict(first.ask(write(launder)))).isEqualTo(Answer.ALLOW);
      assertThat(verdict(first.ask(rename(precious, launder)))).isEqualTo(Answer.ALLOW);
      Files.move(precious, launder);
      assertThat(first.ask(delete(launder))).isInstanceOf(Frame.Held.class);
    }
  }
}
