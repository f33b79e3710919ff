package dev.aegis.daemon.pipeline;

import static dev.aegis.daemon.guest.Operations.delete;
import static dev.aegis.daemon.guest.Operations.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aegis.daemon.guest.Guest;
import dev.aegis.daemon.guest.SupervisedWorld;
import dev.aegis.wire.Answer;
import dev.aegis.wire.Frame;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files that processes make by themselves, where the snapshot lets them, and say so. */
@Timeout(60)
class ReportedFilesTests {

  private static final Duration LONGER_THAN_A_REPORT_TAKES = Duration.ofMillis(2_200);

  @TempDir Path root;

  private static void make(Guest guest, int sequence, Path path) throws Exception {
    guest.send(new Frame.Report(sequence, write(path), false));
    Files.writeString(path, "new");
  }

  private static Answer answer(Frame frame) {
    return ((Frame.Verdict) frame).answer();
  }

  @Test
  void what_one_process_reports_to_have_made_another_may_delete_at_once() throws Exception {
    try (SupervisedWorld world = SupervisedWorld.start(root)) {
      Guest first = world.guest("first").greet();
      Guest maker = first.fork("maker").greet();
      for (int i = 1; i <= 100; i++) {
        Path made = world.work().resolve("made" + i);
        make(maker, i, made);
        assertThat(answer(first.ask(delete(made)))).as("round %d", i).isEqualTo(Answer.ALLOW);
      }
    }
  }

  @Test
  void who_made_a_file_may_be_new_to_the_daemon_and_gone_already() throws Exception {
    try (SupervisedWorld world = SupervisedWorld.start(root)) {
      Guest first = world.guest("first").greet();
      for (int i = 1; i <= 10; i++) {
        Path made = world.work().resolve("made" + i);
        Guest maker = first.fork("maker" + i).greet();
        make(maker, 1, made);
        maker.exit();
        assertThat(answer(first.ask(delete(made)))).as("round %d", i).isEqualTo(Answer.ALLOW);
      }
    }
  }

  @Test
  void who_reports_to_have_made_what_was_there_long_before_gains_nothing() throws Exception {
    try (SupervisedWorld world = SupervisedWorld.start(root)) {
      Guest first = world.guest("first").greet();
      Path precious = world.work().resolve("precious");
      Frame.Report lie = new Frame.Report(1, write(precious), false);
      Files.writeString(precious, "old");
      Instant born =
          Files.readAttributes(precious, BasicFileAttributes.class).creationTime().toInstant();
      await().until(() -> Instant.now().isAfter(born.plus(LONGER_THAN_A_REPORT_TAKES)));
      first.send(lie);
      assertThat(first.ask(delete(precious))).isInstanceOf(Frame.Held.class);
    }
  }
}
