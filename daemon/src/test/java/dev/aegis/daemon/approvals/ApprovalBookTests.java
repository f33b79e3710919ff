package dev.aegis.daemon.approvals;

import static dev.aegis.daemon.approvals.Questions.ALIVE;
import static dev.aegis.daemon.approvals.Questions.question;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.aegis.config.Role;
import dev.aegis.daemon.store.ApprovalState;
import dev.aegis.daemon.store.ProcessKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ApprovalBookTests {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  @TempDir Path directory;
  private final FakeTime time = new FakeTime();

  private static Answered yes(long id, String by) {
    return Answered.yes(id, Scope.ONCE, Answerer.local(by, Role.ADMIN), "cli");
  }

  private static <T> T done(CompletableFuture<T> future) throws Exception {
    return future.get(20, TimeUnit.SECONDS);
  }

  private static CompletableFuture<Approval> heard(
      DeskWorld fixture, Question question, List<Long> ids) throws Exception {
    CompletableFuture<Approval> heard = new CompletableFuture<>();
    ids.add(
        done(
            fixture.book.ask(
                question, false, Optional.of((approval, terms) -> heard.complete(approval)))));
    return heard;
  }

  @Test
  void the_row_is_there_before_anybody_is_asked() throws Exception {
    try (DeskWorld fixture = new DeskWorld(directory, time, false)) {
      List<Boolean> stored = new ArrayList<>();
      CountDownLatch told = new CountDownLatch(1);
      fixture.book.subscribe(
          event -> {
            stored.add(fixture.book.show(event.approval().id()).isPresent());
            told.countDown();
          });
      done(fixture.book.ask(question("rm", 60, MINUTE), false, Optional.empty()));
      assertThat(told.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(stored).containsExactly(true);
    }
  }

  @Test
  void silence_expires_and_a_late_answer_hears_who_was_first() throws Exception {
    try (DeskWorld fixture = new DeskWorld(directory, time, false)) {
      List<Long> ids = new ArrayList<>();
      CompletableFuture<Approval> heard = heard(fixture, question("rm", 10, MINUTE), ids);
      time.pass(MINUTE.minusSeconds(1));
      assertThat(fixture.book.list(false)).hasSize(1);
      time.pass(Duration.ofSeconds(1));
      assertThat(done(heard).state()).isEqualTo(ApprovalState.EXPIRED);
      AnswerOutcome late = done(fixture.book.decide(yes(ids.get(0), "me")));
      assertThat(late)
          .isInstanceOfSatisfying(
              AnswerOutcome.TooLate.class,
              outcome -> assertThat(outcome.approval().decidedBy()).contains("timeout"));
      assertThat(done(fixture.book.decide(yes(99, "me")))).isEqualTo(new AnswerOutcome.Unknown(99));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {49, 50})
  void silence_never_approves_what_is_of_high_risk(int risk) throws Exception {
    try (DeskWorld fixture = new DeskWorld(directory, time, true)) {
      CompletableFuture<Approval> heard =
          heard(fixture, question("rm", risk, MINUTE), new ArrayList<>());
      time.pass(MINUTE);
      assertThat(done(heard).state())
          .isEqualTo(risk < 50 ? ApprovalState.APPROVED : ApprovalState.EXPIRED);
    }
  }

  @Test
  void the_remaining_time_survives_a_restart_and_nothing_survives_a_reboot() throws Exception {
    long id;
    try (DeskWorld first = new DeskWorld(directory, time, false)) {
      id = done(first.book.ask(question("rm", 60, MINUTE), false, Optional.empty()));
    }
    time.pass(Duration.ofSeconds(40));
    try (DeskWorld second = new DeskWorld(directory, time, false)) {
      second.book.reload(session -> true);
      assertThat(second.book.list(false)).extracting(Approval::id).containsExactly(id);
      CompletableFuture<Approval> heard = new CompletableFuture<>();
      assertThat(
              second.book.attach(
                  Questions.SESSION, id, ALIVE, Optional.empty(), (a, terms) -> heard.complete(a)))
          .isEqualTo(Attached.WAITING);
      time.pass(Duration.ofSeconds(19));
      assertThat(heard).isNotDone();
      time.pass(Duration.ofSeconds(1));
      assertThat(done(heard).state()).isEqualTo(ApprovalState.EXPIRED);
      done(second.book.ask(question("other", 60, MINUTE), false, Optional.empty()));
    }
    time.reboot();
    try (DeskWorld third = new DeskWorld(directory, time, false)) {
      third.book.reload(session -> true);
      await().until(() -> third.book.list(false).isEmpty());
      assertThat(third.book.history(1).get(0).state()).isEqualTo(ApprovalState.CANCELLED);
    }
  }

  private static Waiter waiter(CompletableFuture<Approval> heard, AtomicBoolean connected) {
    return new Waiter() {
      @Override
      public void settled(Approval approval, Terms terms) {
        heard.complete(approval);
      }

      @Override
      public boolean isThere() {
        return connected.get();
      }
    };
  }

  @Test
  void a_lost_connection_takes_the_answer_from_no_other_connection_of_its_process()
      throws Exception {
    try (DeskWorld fixture = new DeskWorld(directory, time, false)) {
      AtomicBoolean connected = new AtomicBoolean(true);
      CompletableFuture<Approval> heard = new CompletableFuture<>();
      Question asked = question("rm", 60, MINUTE);
      long id = done(fixture.book.ask(asked, false, Optional.of(waiter(heard, connected))));
      fixture.book.detached(asked.session(), ALIVE);
      done(fixture.book.decide(yes(id, "me")));
      assertThat(done(heard).state()).isEqualTo(ApprovalState.APPROVED);
    }
  }

  @Test
  void what_nobody_comes_back_for_is_cancelled() throws Exception {
    try (DeskWorld fixture = new DeskWorld(directory, time, false)) {
      AtomicBoolean connected = new AtomicBoolean(true);
      Question asked = question("rm", 60, MINUTE);
      done(
          fixture.book.ask(
              asked, false, Optional.of(waiter(new CompletableFuture<>(), connected))));
      connected.set(false);
      fixture.book.detached(asked.session(), ALIVE);
      time.pass(Duration.ofSeconds(16));
      fixture.book.sweep();
      await().until(() -> fixture.book.list(false).isEmpty());
      assertThat(fixture.book.history(1).get(0).state()).isEqualTo(ApprovalState.CANCELLED);
    }
  }

  @Test
  void what_was_given_up_while_its_row_was_written_does_not_stay_open() throws Exception {
    try (DeskWorld fixture = new DeskWorld(directory, time, false)) {
      AtomicBoolean connected = new AtomicBoolean(false);
      Question asked = question("rm", 60, MINUTE);
      done(
          fixture.book.ask(
              asked, false, Optional.of(waiter(new CompletableFuture<>(), connected))));
      fixture.book.sweep();
      assertThat(fixture.book.list(false)).hasSize(1);
      time.pass(Duration.ofSeconds(16));
      fixture.book.sweep();
      await().until(() -> fixture.book.list(false).isEmpty());
    }
  }

  @Test
  void an_answer_given_while_nobody_is_connected_is_heard_later() throws Exception {
    long id;
    try (DeskWorld first = new DeskWorld(directory, time, false)) {
      id = done(first.book.ask(question("rm", 60, MINUTE), false, Optional.empty()));
      done(first.book.decide(yes(id, "me")));
    }
    try (DeskWorld second = new DeskWorld(directory, time, false)) {
      second.book.reload(session -> true);
      CompletableFuture<Approval> heard = new CompletableFuture<>();
      assertThat(
              second.book.attach(
                  Questions.SESSION, id, ALIVE, Optional.empty(), (a, terms) -> heard.complete(a)))
          .isEqualTo(Attached.SETTLED);
      assertThat(done(heard).state()).isEqualTo(ApprovalState.APPROVED);
      assertThat(second.book.released("other", id, ALIVE, Optional.empty())).isFalse();
      assertThat(
              second.book.released(Questions.SESSION, id, new ProcessKey(1, 1), Optional.empty()))
          .as("not what it waited for")
          .isFalse();
      assertThat(second.book.released(Questions.SESSION, id, ALIVE, Optional.empty())).isTrue();
      await().until(() -> second.book.history(1).get(0).releasedAt().isPresent());
      assertThat(
              second.book.attach(Questions.SESSION, id, ALIVE, Optional.empty(), (a, terms) -> {}))
          .as("it went on already")
          .isEqualTo(Attached.UNKNOWN);
      assertThat(second.book.attach("other", id, ALIVE, Optional.empty(), (a, terms) -> {}))
          .isEqualTo(Attached.UNKNOWN);
    }
  }

  @Test
  void an_approval_for_the_session_answers_open_questions_of_its_shape() throws Exception {
    try (DeskWorld fixture = new DeskWorld(directory, time, false)) {
      List<Long> ids = new ArrayList<>();
      CompletableFuture<Approval> one = heard(fixture, question("one", "shape", 60, MINUTE), ids);
      CompletableFuture<Approval> two = heard(fixture, question("two", "shape", 60, MINUTE), ids);
      CompletableFuture<Approval> other =
          heard(fixture, question("other", "another shape", 60, MINUTE), ids);
      done(
          fixture.book.decide(
              Answered.yes(ids.get(0), Scope.SESSION, Answerer.local("me", Role.ADMIN), "cli")));
      assertThat(done(one).state()).isEqualTo(ApprovalState.APPROVED);
      assertThat(done(two).state()).isEqualTo(ApprovalState.APPROVED);
      assertThat(other).isNotDone();
      assertThat(
              fixture.grants.covering(
                  Questions.SESSION,
                  "claude",
                  question("later", "shape", 60, MINUTE).terms(),
                  List.of(ALIVE)))
          .isPresent();
      assertThat(
              fixture.grants.covering(
                  "elsewhere",
                  "claude",
                  question("later", "shape", 60, MINUTE).terms(),
                  List.of(ALIVE)))
          .isEmpty();
    }
  }

  @Test
  void a_flood_of_questions_is_refused() throws Exception {
    try (DeskWorld fixture = new DeskWorld(directory, time, false)) {
      for (int i = 0; i < 64; i++) {
        done(fixture.book.ask(question("rm " + i, 60, MINUTE), false, Optional.empty()));
      }
      assertThatThrownBy(
              () ->
                  done(fixture.book.ask(question("one more", 60, MINUTE), false, Optional.empty())))
          .hasCauseInstanceOf(FloodException.class);
    }
  }
}
