package dev.aegis.daemon.intercept;

import static dev.aegis.daemon.guest.Operations.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aegis.daemon.guest.Guest;
import dev.aegis.daemon.guest.SupervisedWorld;
import dev.aegis.operation.Coverage;
import dev.aegis.wire.Frame;
import dev.aegis.wire.Front;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class IntakeLoadTests {

  private static final int PROCESSES = 4;
  private static final int CONNECTIONS = 1_000;

  @TempDir Path root;

  @Test
  void thousands_of_short_connections_are_all_answered() throws Exception {
    try (SupervisedWorld world = SupervisedWorld.start(root)) {
      Guest first = world.guest("first").greet();
      List<Guest> guests = new ArrayList<>();
      for (int i = 0; i < PROCESSES; i++) {
        guests.add(first.fork("guest" + i));
      }
      List<Frame> frames =
          List.of(
              new Frame.Hello(Front.PRELOAD, Coverage.LIBC, OptionalInt.empty()),
              new Frame.Ask(1, 1, read(world.work().resolve("x")), false));
      List<CompletableFuture<Map<String, Integer>>> running =
          guests.stream()
              .map(guest -> CompletableFuture.supplyAsync(() -> guest.many(CONNECTIONS, frames)))
              .toList();
      int answered = 0;
      for (CompletableFuture<Map<String, Integer>> one : running) {
        Map<String, Integer> answers = one.join();
        assertThat(answers).as("one answer only: allow").hasSize(1);
        answered += answers.values().iterator().next();
      }
      assertThat(answered).isEqualTo(PROCESSES * CONNECTIONS);
      await()
          .untilAsserted(
              () ->
                  assertThat(world.sessions().list().get(0).counts().allowed())
                      .as("an answer is counted once it is given")
                      .isEqualTo(PROCESSES * CONNECTIONS));
    }
  }
}
