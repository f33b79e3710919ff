package dev.aegis.daemon.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepositoriesTests {

  @TempDir private Path directory;
  private Database database;
  private SqliteJournal journal;
  private ApprovalRepository approvals;
  private GrantRepository grants;
  private SessionRepository sessions;

  @BeforeEach
  void open() throws Exception {
    database = Database.open(directory.resolve("aegis.db"));
    journal = SqliteJournal.start(database);
    approvals = new ApprovalRepository(database, text -> text.replace("hunter2", "[redacted]"));
    grants = new GrantRepository(database);
    sessions =
        new SessionRepository(
            database,
            words -> words.stream().map(word -> word.replace("hunter2", "[redacted]")).toList());
  }

  @AfterEach
  void close() throws Exception {
    journal.close();
    database.close();
  }

  @Test
  void an_approval_is_pending_until_it_is_decided() throws Exception {
    long id = write(approvals.open(Samples.approval("rm -rf build")));

    ApprovalRow pending = approvals.find(id).orElseThrow();
    assertThat(pending)
        .usingRecursiveComparison()
        .ignoringFields("id")
        .isEqualTo(Samples.approval("rm -rf build"));
    assertThat(approvals.pending()).containsExactly(pending);
    assertThat(approvals.pendingCount()).isEqualTo(1);
    assertThat(approvals.history(10)).isEmpty();
  }

  @Test
  void the_first_decision_wins() throws Exception {
    long id = write(approvals.open(Samples.approval("rm -rf build")));

    assertThat(write(approvals.decide(id, Samples.decided(ApprovalState.DENIED, "ann")))).isTrue();
    assertThat(write(approvals.decide(id, Samples.decided(ApprovalState.APPROVED, "bob"))))
        .isFalse();

    ApprovalRow row = approvals.find(id).orElseThrow();
    assertThat(row.state()).isEqualTo(ApprovalState.DENIED);
    assertThat(row.decision().orElseThrow().by()).isEqualTo("ann");
    assertThat(approvals.pending()).isEmpty();
    assertThat(approvals.history(10)).containsExactly(row);
  }

  @Test
  void only_an_approved_operation_can_be_released_and_only_once() throws Exception {
    long denied = write(approvals.open(Samples.approval("a")));
    long approved = write(approvals.open(Samples.approval("b")));
    write(approvals.decide(denied, Samples.decided(ApprovalState.DENIED, "ann")));
    write(approvals.decide(approved, Samples.decided(ApprovalState.APPROVED, "ann")));

    assertThat(write(approvals.released(denied, Samples.NOON))).isFalse();
    assertThat(write(approvals.released(approved, Samples.NOON))).isTrue();
    assertThat(write(approvals.released(approved, Samples.NOON))).isFalse();
    assertThat(approvals.all(10)).extracting(ApprovalRow::id).containsExactly(denied, approved);
  }

  @Test
  void secrets_are_gone_before_an_approval_or_a_session_is_stored() throws Exception {
    long id = write(approvals.open(Samples.approval("curl -u me:hunter2 x")));
    write(sessions.open(session("s1", List.of("tool", "--key=hunter2"))));

    assertThat(approvals.find(id).orElseThrow().command()).isEqualTo("curl -u me:[redacted] x");
    assertThat(approvals.find(id).orElseThrow().detail())
        .isEqualTo("{\"plan\":[\"curl -u me:[redacted] x\"]}");
    assertThat(sessions.find("s1").orElseThrow().argv())
        .containsExactly("tool", "--key=[redacted]");
  }

  @Test
  void a_grant_stands_until_somebody_or_its_session_ends_it() throws Exception {
    long approval = write(approvals.open(Samples.approval("a")));
    write(grants.add(grant(approval, Optional.empty())));
    write(
        grants.add(
            new GrantRow(
                0,
                approval,
                "s1",
                "minutes",
                "rm",
                Optional.empty(),
                "{}",
                Samples.NOON,
                Optional.of(Samples.NOON.plusSeconds(60)),
                "boot",
                77,
                "claude",
                Optional.empty())));

    assertThat(grants.notEnded("s1")).hasSize(2);
    GrantRow timed = grants.lasting().get(0);
    assertThat(timed.deadlineNanos()).isEqualTo(77);
    assertThat(write(grants.revoke(timed.id(), "ann", Samples.NOON))).isTrue();
    assertThat(write(grants.revoke(timed.id(), "ann", Samples.NOON))).isFalse();
    assertThat(grants.notEnded("s1"))
        .extracting(GrantRow::root)
        .containsExactly(Optional.of(new ProcessKey(42, 4711)));
    assertThat(write(grants.revokeOfSession("s1", Samples.NOON))).isEqualTo(1);
    assertThat(grants.notEnded("s1")).isEmpty();
  }

  @Test
  void a_session_lives_from_open_to_end() throws Exception {
    write(sessions.open(session("s1", List.of("bash"))));
    write(sessions.start("s1", new ProcessKey(42, 4711)));
    assertThat(sessions.alive())
        .extracting(SessionRow::state)
        .containsExactly(SessionRow.State.RUNNING);

    SessionRow.Counts counts = new SessionRow.Counts(1, 2, 3, 4);
    write(sessions.end("s1", SessionRow.State.CLOSED, counts, Samples.NOON));

    assertThat(sessions.alive()).isEmpty();
    SessionRow ended = sessions.find("s1").orElseThrow();
    assertThat(ended.counts()).isEqualTo(counts);
    assertThat(ended.closedAt()).contains(Samples.NOON);
    assertThat(ended.starter()).contains(new ProcessKey(42, 4711));
  }

  private static GrantRow grant(long approval, Optional<java.time.Instant> expires) {
    return new GrantRow(
        0,
        approval,
        "s1",
        "session",
        "rm",
        Optional.of(new ProcessKey(42, 4711)),
        "{}",
        Samples.NOON,
        expires,
        "",
        0,
        "claude",
        Optional.empty());
  }

  private static SessionRow session(String id, List<String> argv) {
    return new SessionRow(
        id,
        argv.get(0),
        argv,
        "/w",
        List.of("/w"),
        true,
        false,
        SessionRow.State.OPENED,
        Samples.NOON,
        Optional.empty(),
        Optional.empty(),
        SessionRow.Counts.NONE);
  }

  private <T> T write(Journal.Change<T> change) throws Exception {
    return journal.submit(Durability.WRITTEN, change).get();
  }
}
