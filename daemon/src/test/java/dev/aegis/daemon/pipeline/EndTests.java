package dev.aegis.daemon.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.daemon.guest.OwnSession;
import dev.aegis.daemon.guest.TablePolicy;
import dev.aegis.operation.Operation;
import dev.aegis.policy.Decision;
import dev.aegis.policy.PolicyEngine;
import dev.aegis.policy.Surroundings;
import dev.aegis.policy.snapshot.Snapshot;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the supervising part of a daemon ends: in order, and at once. */
class EndTests {

  private static final int PATIENCE_SECONDS = 60;

  /** Longer than an end takes, shorter than the pipeline waits for the last work. */
  private static final int AT_ONCE_SECONDS = 8;

  /** A policy whose snapshot takes as long as the test wants. */
  private static final class SlowPolicy implements PolicyEngine {
    private final CountDownLatch compiling = new CountDownLatch(1);
    private final CompletableFuture<Snapshot> compiled = new CompletableFuture<>();

    @Override
    public Decision decide(Operation operation, String program, Surroundings surroundings) {
      return new TablePolicy().decide(operation, program, surroundings);
    }

    @Override
    public boolean narrowsBaseline() {
      return false;
    }

    @Override
    public Snapshot snapshot(Surroundings session) {
      compiling.countDown();
      // A computation does not hear an interruption, and neither does this.
      while (!compiled.isDone()) {
        Thread.onSpinWait();
      }
      return compiled.join();
    }
  }

  @Test
  void a_snapshot_that_is_being_compiled_holds_nobody_up(@TempDir Path root) throws Exception {
    SlowPolicy policy = new SlowPolicy();
    OwnSession session = OwnSession.start(root, policy);
    assertThat(policy.compiling.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    CompletableFuture<Void> end = new CompletableFuture<>();
    new Thread(
            () -> {
              try {
                session.close();
                end.complete(null);
              } catch (Exception e) {
                end.completeExceptionally(e);
              }
            })
        .start();
    try {
      assertThat(end).succeedsWithin(AT_ONCE_SECONDS, TimeUnit.SECONDS);
    } finally {
      policy.compiled.complete(Snapshot.ASKING);
    }
  }

  @Test
  void a_round_that_is_under_way_is_waited_for_and_none_begins_after() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1);
    AtomicInteger done = new AtomicInteger();
    Rounds rounds = new Rounds(clock);
    rounds.every(
        1,
        () -> {
          begun.countDown();
          try {
            assertThat(mayEnd.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
          } catch (InterruptedException e) {
            throw new IllegalStateException("a round is not interrupted", e);
          }
          done.incrementAndGet();
        });
    assertThat(begun.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    CompletableFuture<Void> end = CompletableFuture.runAsync(rounds::close);
    assertThat(end).isNotDone();
    mayEnd.countDown();
    end.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(done).hasPositiveValue();
    assertThat(clock.isTerminated()).as("no other begins").isTrue();
  }
}
