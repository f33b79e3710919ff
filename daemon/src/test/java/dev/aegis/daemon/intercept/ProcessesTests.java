package dev.aegis.daemon.intercept;

import static dev.aegis.daemon.guest.Operations.execute;
import static dev.aegis.daemon.guest.Operations.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aegis.daemon.guest.Guest;
import dev.aegis.daemon.guest.SupervisedWorld;
import dev.aegis.operation.Coverage;
import dev.aegis.operation.Operation;
import dev.aegis.wire.Answer;
import dev.aegis.wire.Frame;
import dev.aegis.wire.Front;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ProcessesTests {

  @TempDir Path root;

  private static Path otherProgram(SupervisedWorld world, String name) throws Exception {
    return Files.copy(
        SupervisedWorld.PYTHON, world.work().resolve(name), StandardCopyOption.COPY_ATTRIBUTES);
  }

  private static Frame.Verdict harmless(SupervisedWorld world, Guest guest) {
    return (Frame.Verdict) guest.ask(write(world.work().resolve("x")));
  }

  @Test
  void status_knows_each_process_with_its_coverage() throws Exception {
    try (SupervisedWorld world = SupervisedWorld.start(root)) {
      Guest first = world.guest("first").greet();
      Guest child = first.fork("child").greet(Front.DISPATCH, Coverage.LIBC_RAW);
      await()
          .until(
              () -> world.status(child).map(one -> one.coverage()).orElse(null),
              Coverage.LIBC_RAW::equals);
      assertThat(world.status(first).orElseThrow().coverage()).isEqualTo(Coverage.LIBC);
      assertThat(world.status(child).orElseThrow().parent()).isEqualTo(first.pid());
      assertThat(world.status(child).orElseThrow().program())
          .isEqualTo(SupervisedWorld.PYTHON.toString());
    }
  }

  @Test
  void a_program_that_nobody_decided_is_refused_everything_until_one_is_decided() throws Exception {
    try (SupervisedWorld world = SupervisedWorld.start(root)) {
      Guest child = world.guest("first").greet().fork("child").greet();
      assertThat(harmless(world, child).answer()).isEqualTo(Answer.ALLOW);

      Path other = otherProgram(world, "other");
      Guest escaped = child.execute(other, "escaped").greet();
      Frame.Verdict refused = harmless(world, escaped);
      assertThat(refused.answer()).isEqualTo(Answer.DENY);
      assertThat(refused.rule()).contains("supervision.escape");
      assertThat(world.status(escaped).orElseThrow().escaped()).isTrue();
      assertThat(world.audit("supervision.escape")).hasSize(1);

      Path decided = otherProgram(world, "decided");
      assertThat(((Frame.Verdict) escaped.ask(execute(decided, world.work(), "decided"))).answer())
          .isEqualTo(Answer.ALLOW);
      Guest back = escaped.execute(decided, "back").greet();
      assertThat(harmless(world, back).answer()).isEqualTo(Answer.ALLOW);
      assertThat(world.status(back).orElseThrow().escaped()).isFalse();
    }
  }

  @Test
  void a_program_must_be_the_file_that_it_is_said_to_be() throws Exception {
    try (SupervisedWorld world = SupervisedWorld.start(root)) {
      Guest first = world.guest("first").greet();
      var honest = execute(Path.of("/bin/true").toRealPath(), world.work(), "true");
      var lie =
          new Operation.Execute(
              honest.path(),
              honest.interpreter(),
              honest.argv(),
              honest.cwd(),
              honest.environment(),
              execute(SupervisedWorld.PYTHON, world.work(), "x").identity(),
              honest.coverage(),
              0,
              false);
      Frame.Verdict refused = (Frame.Verdict) first.ask(lie);
      assertThat(refused.answer()).isEqualTo(Answer.DENY);
      assertThat(refused.rule()).contains("supervision.escape");
    }
  }

  @Test
  void a_child_of_a_spawn_may_be_what_its_parent_was_allowed_to_start() throws Exception {
    try (SupervisedWorld world = SupervisedWorld.start(root)) {
      Guest first = world.guest("first").greet();
      Path tool = otherProgram(world, "tool");
      first.ask(execute(tool, world.work(), true, "tool"));
      Guest child = first.fork("child").execute(tool, "tool").greet();
      assertThat(harmless(world, child).answer()).isEqualTo(Answer.ALLOW);
    }
  }

  @Test
  void a_fork_that_nobody_reported_is_found_by_the_kernels_word() throws Exception {
    try (SupervisedWorld world = SupervisedWorld.start(root)) {
      Guest child = world.guest("first").forkSilently("child").forkSilently("grandchild").greet();
      assertThat(harmless(world, child).answer()).isEqualTo(Answer.ALLOW);
      assertThat(world.sessions().isSupervised(child.pid())).isTrue();
    }
  }

  @Test
  void only_descendants_of_the_starter_are_supervised() throws Exception {
    try (SupervisedWorld world = SupervisedWorld.start(root)) {
      world.guest("first");
      assertThat(world.sessions().isSupervised((int) ProcessHandle.current().pid())).isFalse();
      assertThat(world.sessions().isSupervised(1)).isFalse();
    }
  }

  @Test
  void nobody_can_adopt_a_process_that_is_not_its_child() throws Exception {
    try (SupervisedWorld world = SupervisedWorld.start(root)) {
      Guest first = world.guest("first").greet();
      Guest child = first.fork("child").greet();
      child.send(new Frame.Forked((int) ProcessHandle.current().pid()));
      await().until(() -> world.audit("reporter.suspicious").size() == 1);
    }
  }

  @Test
  void what_a_process_refused_by_itself_is_recorded_as_a_denial() throws Exception {
    try (SupervisedWorld world = SupervisedWorld.start(root)) {
      Guest child = world.guest("first").greet().fork("child").greet();
      child.send(
          new Frame.Refused(
              9,
              1,
              write(world.work().resolve("config.toml")),
              false,
              "builtin.guard",
              "hands off"));
      assertThat(child.receive())
          .isInstanceOfSatisfying(
              Frame.Verdict.class, verdict -> assertThat(verdict.answer()).isEqualTo(Answer.DENY));
      assertThat(world.audit("operation.denied"))
          .singleElement(InstanceOfAssertFactories.STRING)
          .contains("config.toml", "builtin.guard", "hands off", "the reporter in the process");
      child.exit();
      assertThat(world.audit("records.lost")).isEmpty();
    }
  }

  @Test
  void lost_reports_show() throws Exception {
    try (SupervisedWorld world = SupervisedWorld.start(root)) {
      Guest child = world.guest("first").greet().fork("child").greet();
      child.send(new Frame.Report(1, write(world.work().resolve("x")), false));
      child.send(new Frame.Report(4, write(world.work().resolve("y")), false));
      child.exit();
      await().until(() -> world.audit("records.lost").size() == 1);
      assertThat(world.audit("records.lost").get(0)).contains("\"records\":2");
    }
  }
}
