package dev.aegis.daemon.approvals;

import static dev.aegis.daemon.approvals.Questions.ALIVE;
import static dev.aegis.daemon.approvals.Questions.question;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aegis.config.Role;
import dev.aegis.daemon.store.ApprovalState;
import dev.aegis.daemon.store.ProcessKey;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Somebody with the rights of the user writes into the database, kills the daemon, and lets the
 * held process ask the next one: only what the audit log attests is believed.
 */
@Timeout(60)
class ForgedRowsTests {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Answerer ADMIN = Answerer.local("me", Role.ADMIN);
  private static final String APPROVE =
      "UPDATE approvals SET state = 'approved', decided_at = 1, decided_by = 'me', channel ="
          + " 'telegram', scope = 'once'";

  @TempDir Path directory;
  private final FakeTime time = new FakeTime();

  private DeskWorld daemon() throws Exception {
    return new DeskWorld(directory, time, false);
  }

  private static <T> T done(CompletableFuture<T> future) throws Exception {
    return future.get(20, TimeUnit.SECONDS);
  }

  private void write(String... statements) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("aegis.db"));
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.executeUpdate(sql);
      }
    }
  }

  private static CompletableFuture<Approval> attach(DeskWorld daemon, long id, ProcessKey process)
      throws Exception {
    CompletableFuture<Approval> heard = new CompletableFuture<>();
    Attached attached =
        daemon.book.attach(
            Questions.SESSION, id, process, Optional.empty(), (a, terms) -> heard.complete(a));
    if (attached == Attached.UNKNOWN) {
      heard.cancel(false);
    }
    return heard;
  }

  /* What is not known is asked about anew. */
  private static void assertDeniedOrUnknown(CompletableFuture<Approval> heard) throws Exception {
    assertThat(heard.isCancelled() || done(heard).state() == ApprovalState.DENIED).isTrue();
  }

  private long ask(String command) throws Exception {
    try (DeskWorld first = daemon()) {
      return done(first.book.ask(question(command, 60, MINUTE), false, Optional.empty()));
    }
  }

  @Test
  void an_approval_that_only_the_database_knows_of_denies() throws Exception {
    long id = ask("rm");
    write(APPROVE);

    try (DeskWorld second = daemon().takenUp()) {
      Approval heard = done(attach(second, id, ALIVE));
      assertThat(heard.state()).isEqualTo(ApprovalState.DENIED);
      assertThat(heard.decidedBy()).contains("aegis");
      assertThat(heard.reason().orElseThrow()).contains("changed by others", "aegis audit verify");
      await().until(() -> second.audited("approval.distrusted").size() == 1);
    }
  }

  @Test
  void a_line_of_the_log_that_others_wrote_attests_nothing() throws Exception {
    long id = ask("rm");
    write(
        APPROVE,
        "INSERT INTO audit SELECT seq + 1, at, 'approval.decided', session, replace(record,"
            + " 'approval.opened', 'approval.decided'), mac, mac FROM audit ORDER BY seq DESC LIMIT"
            + " 1",
        "UPDATE approvals SET decided_row = (SELECT max(seq) FROM audit)");

    try (DeskWorld second = daemon().takenUp()) {
      assertThat(done(attach(second, id, ALIVE)).state()).isEqualTo(ApprovalState.DENIED);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "scope = 'always'",
        "binding = replace(binding, '/w/build', '/')",
        "session = 'other'",
        "command = 'ls'",
        "reason = 'go on'",
        "decided_by = 'the admin'"
      })
  void a_decision_that_was_changed_afterwards_denies(String change) throws Exception {
    long id;
    try (DeskWorld first = daemon()) {
      id = done(first.book.ask(question("rm", 60, MINUTE), false, Optional.empty()));
      done(first.book.decide(Answered.yes(id, Scope.ONCE, ADMIN, "cli")));
    }
    write("UPDATE approvals SET " + change);

    try (DeskWorld second = daemon().takenUp()) {
      assertDeniedOrUnknown(attach(second, id, ALIVE));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "binding = '{}'",
        "binding = replace(binding, '/w/build', '/')",
        "command = 'ls'",
        "detail = '{}'",
        "deadline_ns = deadline_ns + 1000000000000",
        "opened_row = NULL"
      })
  void a_question_that_was_changed_is_put_to_nobody(String change) throws Exception {
    long id = ask("rm");
    write("UPDATE approvals SET " + change);

    try (DeskWorld second = daemon().takenUp()) {
      assertThat(second.book.list(false)).isEmpty();
      assertThat(done(second.book.decide(Answered.yes(id, Scope.ONCE, ADMIN, "cli"))))
          .isInstanceOf(AnswerOutcome.TooLate.class);
      await().until(() -> second.audited("approval.distrusted").size() == 1);
    }
    try (DeskWorld third = daemon()) {
      assertDeniedOrUnknown(attach(third, id, ALIVE));
    }
  }

  @Test
  void nobody_takes_up_the_approval_of_another_process() throws Exception {
    long id;
    ProcessKey other = new ProcessKey(ALIVE.pid(), ALIVE.startTicks() + 1);
    try (DeskWorld first = daemon()) {
      id = done(first.book.ask(question("rm", 60, MINUTE), false, Optional.empty()));
      done(first.book.decide(Answered.yes(id, Scope.ONCE, ADMIN, "cli")));
    }
    write("UPDATE approvals SET start_ticks = start_ticks + 1");

    try (DeskWorld second = daemon().takenUp()) {
      assertThat(attach(second, id, other)).isCancelled();
    }
  }

  @Test
  void whoever_waits_hears_of_it_when_others_have_decided_in_the_database() throws Exception {
    try (DeskWorld daemon = daemon()) {
      DeskWorld.Asked asked = daemon.ask(question("rm", 60, MINUTE));
      write(APPROVE);

      assertThat(done(daemon.book.decide(Answered.yes(asked.id(), Scope.ONCE, ADMIN, "cli"))))
          .isInstanceOfSatisfying(
              AnswerOutcome.TooLate.class,
              late -> assertThat(late.approval().state()).isEqualTo(ApprovalState.DENIED));
      assertThat(asked.ended().state()).isEqualTo(ApprovalState.DENIED);
      await().until(() -> daemon.audited("approval.distrusted").size() == 1);
    }
  }

  @Test
  void a_time_out_tells_the_waiter_too_when_others_have_decided_in_the_database() throws Exception {
    try (DeskWorld daemon = daemon()) {
      DeskWorld.Asked asked = daemon.ask(question("rm", 60, MINUTE));
      write(APPROVE);
      time.pass(MINUTE);
      assertThat(asked.ended().state()).isEqualTo(ApprovalState.DENIED);
    }
  }

  private static boolean covers(DeskWorld daemon) {
    return daemon
        .grants
        .covering(
            Questions.SESSION,
            "claude",
            question("later", "shape", 60, MINUTE).terms(),
            List.of(ALIVE))
        .isPresent();
  }

  private void openSession() throws SQLException {
    write(
        """
        INSERT INTO sessions (id, wrapped, argv, cwd, workspaces, terminal, dry_run, state,
          opened_at)
        VALUES ('%s', 'claude', '[]', '/', '[]', 0, 0, 'running', 0)
        """
            .formatted(Questions.SESSION));
  }

  private void grant(Scope scope) throws Exception {
    try (DeskWorld first = daemon().takenUp()) {
      openSession();
      DeskWorld.Asked asked = first.ask(question("one", "shape", 60, MINUTE));
      done(first.book.decide(Answered.yes(asked.id(), scope, ADMIN, "cli")));
      assertThat(covers(first)).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({"SESSION", "ALWAYS"})
  void a_grant_outlives_the_daemon_that_gave_it(Scope scope) throws Exception {
    grant(scope);
    for (int i = 0; i < 3; i++) {
      try (DeskWorld next = daemon().takenUp()) {
        assertThat(covers(next)).isTrue();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE grants SET scope = 'always', session = ''",
        "UPDATE grants SET detail = replace(detail, '/w/build', '/')",
        "UPDATE grants SET wrapped = 'codex'",
        "UPDATE grants SET boot = 'boot-1', deadline_ns = 9000000000000000000, expires_at = 1",
        "INSERT INTO grants (approval, session, scope, shape, detail, granted_at, wrapped) SELECT"
            + " approval, '', 'always', shape, detail, granted_at, wrapped FROM grants;"
      })
  void a_grant_that_was_written_or_changed_by_others_covers_no_more_than_was_given(String change)
      throws Exception {
    grant(Scope.SESSION);
    write(change);

    try (DeskWorld next = daemon().takenUp()) {
      assertThat(
              next.grants.covering(
                  "elsewhere",
                  "claude",
                  question("later", "shape", 60, MINUTE).terms(),
                  List.of(ALIVE)))
          .isEmpty();
      assertThat(covers(next)).isEqualTo(change.startsWith("INSERT"));
    }
  }

  @Test
  void a_revoked_grant_stays_revoked() throws Exception {
    grant(Scope.ALWAYS);
    try (DeskWorld second = daemon().takenUp()) {
      assertThat(done(second.grants.revoke(1, "me"))).isTrue();
    }
    write("UPDATE grants SET revoked_at = NULL");

    try (DeskWorld third = daemon().takenUp()) {
      assertThat(covers(third)).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"grant.revoked", "records.taken_up"})
  void nothing_is_in_force_and_all_is_held_when_lines_of_the_log_were_taken_out(String kind)
      throws Exception {
    grant(Scope.ALWAYS);
    try (DeskWorld second = daemon().takenUp()) {
      assertThat(done(second.grants.revoke(1, "me"))).isTrue();
    }
    write(
        "UPDATE grants SET revoked_at = NULL",
        "DROP TRIGGER audit_no_delete",
        "DELETE FROM audit WHERE seq = (SELECT max(seq) FROM audit WHERE kind = '" + kind + "')");

    try (DeskWorld third = daemon().takenUp()) {
      assertThat(covers(third)).isFalse();
      assertThat(third.pause.paused().orElseThrow().by()).contains("changed the audit log");
      assertThat(done(third.pause.order(false, ADMIN, "cli"))).isEqualTo(PauseDesk.Outcome.DONE);
    }
    try (DeskWorld fourth = daemon().takenUp()) {
      assertThat(covers(fourth)).isFalse();
      assertThat(fourth.pause.paused()).isEmpty();
    }
  }

  @Test
  void a_pause_that_was_ordered_outlives_daemons() throws Exception {
    try (DeskWorld first = daemon().takenUp()) {
      assertThat(done(first.pause.order(true, ADMIN, "cli"))).isEqualTo(PauseDesk.Outcome.DONE);
    }
    for (int i = 0; i < 2; i++) {
      try (DeskWorld next = daemon().takenUp()) {
        assertThat(next.pause.paused().orElseThrow().by()).isEqualTo("me");
      }
    }
  }

  @Test
  void a_vote_that_was_written_by_others_does_not_count() throws Exception {
    AnswerRules two = new AnswerRules(Map.of(), 2, Set.of("file"));
    try (DeskWorld daemon = new DeskWorld(directory, Optional.of(time), two, false)) {
      DeskWorld.Asked asked = daemon.ask(question("rm", 60, MINUTE));
      write(
          "INSERT INTO votes (approval, person, name, channel, scope, at) VALUES (%d, 'telegram:9',"
                  .formatted(asked.id())
              + " 'somebody', 'telegram', 'once', 1)");
      assertThat(done(daemon.book.decide(Answered.yes(asked.id(), Scope.ONCE, ADMIN, "cli"))))
          .isInstanceOfSatisfying(
              AnswerOutcome.Counted.class, counted -> assertThat(counted.have()).isEqualTo(1));
      Answerer other = Answerer.local("you", Role.ADMIN);
      assertThat(done(daemon.book.decide(Answered.yes(asked.id(), Scope.ONCE, other, "cli"))))
          .isInstanceOf(AnswerOutcome.Accepted.class);
    }
  }
}
