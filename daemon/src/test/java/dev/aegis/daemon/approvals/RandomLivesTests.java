package dev.aegis.daemon.approvals;

import static dev.aegis.daemon.approvals.Questions.ALIVE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aegis.config.Role;
import dev.aegis.daemon.store.ApprovalState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Questions, answers of several people, announced denials, releases, time, cancellations and
 * restarts in any order: each question ends once, whoever waits hears what its row says, and
 * nothing goes on without.
 */
@Timeout(120)
class RandomLivesTests {

  private static final Duration TIMEOUT = Duration.ofMinutes(1);
  private static final int STEPS = 120;
  private static final int COMMANDS = 8;
  private static final List<Answerer> PEOPLE =
      List.of(
          Answerer.local("ann", Role.ADMIN),
          Answerer.local("bob", Role.APPROVER),
          Answerer.local("vic", Role.VIEWER));
  private static final List<Scope> SCOPES = List.of(Scope.ONCE, Scope.ONCE, Scope.SESSION);

  @TempDir Path directory;
  private final FakeTime time = new FakeTime();
  private final Map<Long, Set<ApprovalState>> heard = new ConcurrentHashMap<>();
  private final Set<Long> asked = new HashSet<>();
  private final List<CompletableFuture<?>> running = new ArrayList<>();
  private AnswerRules rules;
  private DeskWorld daemon;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void each_question_ends_once_and_as_its_row_says(long seed) throws Exception {
    Random random = new Random(seed);
    int quorum = 1 + random.nextInt(2);
    rules = new AnswerRules(Map.of(), quorum, Set.of("file"));
    daemon = begin();
    for (int step = 0; step < STEPS; step++) {
      step(random);
    }
    settle();
    attachAll();
    time.pass(TIMEOUT);
    await().until(() -> daemon.book.list(false).isEmpty());
    assertThat(daemon.book.list(true)).extracting(Approval::id).containsAll(asked);
    for (Approval approval : daemon.book.list(true)) {
      assertThat(heard.getOrDefault(approval.id(), Set.of(approval.state())))
          .as("what those heard who wait for approval %d", approval.id())
          .containsExactly(approval.state());
    }
    assertThat(daemon.book.list(true))
        .filteredOn(one -> one.releasedAt().isPresent())
        .allMatch(one -> one.state() == ApprovalState.APPROVED)
        .hasSameSizeAs(daemon.audited("approval.released"));
    assertThat(daemon.audited("approval.decided")).hasSameSizeAs(daemon.book.list(true));
    assertThat(daemon.audited("approval.distrusted")).isEmpty();
    assertThat(daemon.verifier().verify().broken()).isEmpty();
    daemon.close();
  }

  private DeskWorld begin() throws Exception {
    return new DeskWorld(directory, Optional.of(time), rules, false).takenUp();
  }

  private void step(Random random) throws Exception {
    switch (random.nextInt(12)) {
      case 0, 1, 2 -> ask("rm -rf " + random.nextInt(COMMANDS));
      case 3, 4, 5 -> running.add(daemon.book.decide(answer(random)));
      case 6 -> {
        Answerer by = PEOPLE.get(random.nextInt(PEOPLE.size()));
        running.add(
            daemon.book.announceDenial(Answered.no(any(random), by, "cli", Optional.empty())));
      }
      case 7 -> release(any(random));
      case 8, 9 -> time.pass(Duration.ofSeconds(random.nextInt(25)));
      case 10 -> {
        if (random.nextInt(3) == 0) {
          running.add(daemon.book.cancelOf(Questions.SESSION));
        }
      }
      default -> restart();
    }
  }

  private void ask(String command) {
    running.add(
        daemon
            .book
            .ask(Questions.question(command, 60, TIMEOUT), false, Optional.of(this::hears))
            .thenAccept(
                id -> {
                  synchronized (asked) {
                    asked.add(id);
                  }
                }));
  }

  private void hears(Approval approval, Terms terms) {
    heard.computeIfAbsent(approval.id(), id -> ConcurrentHashMap.newKeySet()).add(approval.state());
  }

  private Answered answer(Random random) {
    Answerer by = PEOPLE.get(random.nextInt(PEOPLE.size()));
    return random.nextInt(3) == 0
        ? Answered.no(any(random), by, "cli", Optional.of("no"))
        : Answered.yes(any(random), SCOPES.get(random.nextInt(SCOPES.size())), by, "cli");
  }

  /* Mostly one of the newest, now and then none. */
  private long any(Random random) {
    synchronized (asked) {
      return Math.max(1, asked.size() + 1 - random.nextInt(6));
    }
  }

  /* Says so whether or not it was approved. */
  private void release(long id) throws Exception {
    boolean unused = daemon.book.released(Questions.SESSION, id, ALIVE, Optional.empty());
  }

  private void restart() throws Exception {
    settle();
    daemon.close();
    daemon = begin();
    attachAll();
  }

  /* Those who wait come back. */
  private void attachAll() throws Exception {
    for (Approval one : daemon.book.list(false)) {
      assertThat(
              daemon.book.attach(Questions.SESSION, one.id(), ALIVE, Optional.empty(), this::hears))
          .isIn(Attached.WAITING, Attached.SETTLED);
    }
  }

  private void settle() throws Exception {
    CompletableFuture.allOf(running.toArray(CompletableFuture<?>[]::new)).get(60, TimeUnit.SECONDS);
    running.clear();
  }
}
