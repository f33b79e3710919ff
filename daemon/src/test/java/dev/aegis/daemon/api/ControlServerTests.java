package dev.aegis.daemon.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aegis.config.AegisConfig.LogLevel;
import dev.aegis.config.AegisHome;
import dev.aegis.config.PolicyFiles;
import dev.aegis.config.Role;
import dev.aegis.daemon.approvals.Answered;
import dev.aegis.daemon.approvals.Answerer;
import dev.aegis.daemon.audit.AuditKey;
import dev.aegis.daemon.audit.AuditReader;
import dev.aegis.daemon.audit.AuditVerifier;
import dev.aegis.daemon.events.EventBus;
import dev.aegis.daemon.intercept.SessionEvent;
import dev.aegis.daemon.intercept.SessionRequest;
import dev.aegis.daemon.policy.CurrentPolicy;
import dev.aegis.daemon.store.Database;
import dev.aegis.daemon.store.SessionRepository;
import dev.aegis.daemon.store.SqliteJournal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ControlServerTests {

  private static final String OPEN =
      """
      {"call":"session.open","wrapped":"claude","argv":["claude","-p"],"cwd":"/w","workspaces":[],\
      "terminal":true,"dry_run":false,"timeout_seconds":60,"log_level":"DEBUG","library":"/l",\
      "gate":"/g","distribution":"/d","supervision":"libc","floor":"none"}\
      """;

  @TempDir private Path directory;
  private final FakeSupervision fake = new FakeSupervision();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final List<LogLevel> levels = new CopyOnWriteArrayList<>();
  private AegisHome home;
  private Database database;
  private SqliteJournal journal;
  private ControlServer server;
  private Client client;

  @BeforeEach
  void listen() throws Exception {
    home = new AegisHome(directory.resolve("h"), directory).create();
    database = Database.open(home.database());
    journal = SqliteJournal.start(database);
    int uid = (int) Files.getAttribute(home.root(), "unix:uid");
    DaemonFacts facts = new DaemonFacts(home, "1.2.3", FakeSupervision.NOON, "ann", uid);
    CurrentPolicy policy =
        CurrentPolicy.load(
            new PolicyFiles(home.policyFile(), home.learnedPolicies()),
            home.trustedProjects(),
            new EventBus());
    SessionRepository past = new SessionRepository(database, text -> text);
    ControlCalls calls =
        new ControlCalls(
            facts,
            fake,
            fake,
            fake,
            fake,
            policy,
            new AuditVerifier(database, AuditKey.obtain(home.auditKey(), database)),
            new AuditReader(database),
            new StatusReport(facts, database, journal, policy, fake, fake, fake, past, List::of),
            new SessionLogLevels(LogLevel.INFO, levels::add),
            Role.ADMIN,
            stopped::countDown);
    server = ControlServer.start(socket(), calls, uid, fake::isSupervised);
    client = new Client(socket());
  }

  @AfterEach
  void close() throws Exception {
    client.close();
    server.close();
    journal.close();
    database.close();
  }

  @Test
  void the_socket_belongs_to_the_owner_alone() throws Exception {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket())))
        .isEqualTo("rw-------");
  }

  @Test
  void ping_says_who_answers() throws Exception {
    assertThat(client.result("{\"call\":\"ping\"}").toString())
        .isEqualTo(
            "{\"version\":\"1.2.3\",\"pid\":%d,\"started_at\":\"2026-01-02T12:00:00Z\"}"
                .formatted(ProcessHandle.current().pid()));
  }

  @Test
  void an_approval_is_listed_shown_and_decided_once() throws Exception {
    JsonNode listed = client.result("{\"call\":\"approvals.list\",\"all\":false}").get(0);
    assertThat(listed.path("id").asInt()).isEqualTo(7);
    assertThat(listed.path("blast_radius").asText())
        .isEqualTo("more than 3 files, 12.3 KB, 1 not in git");
    assertThat(listed.path("decided_at").isNull()).isTrue();
    assertThat(client.result("{\"call\":\"approvals.show\",\"id\":7}").path("ancestry").toString())
        .isEqualTo("[{\"pid\":42,\"program\":\"/usr/bin/bash\",\"command\":\"bash\"}]");

    String deny =
        "{\"call\":\"approvals.decide\",\"id\":7,\"decision\":\"deny\",\"scope\":\"once\",\"reason\":\"no\",\"channel\":\"cli\"}";
    assertThat(client.result(deny).path("state").asText()).isEqualTo("denied");
    assertThat(fake.answers)
        .containsExactly(
            Answered.no(7, Answerer.local("ann", Role.ADMIN), "cli", Optional.of("no")));
    assertThat(client.error(deny).toString())
        .isEqualTo("{\"code\":1,\"message\":\"approval 7 was already denied by ann (cli)\"}");
  }

  @Test
  void a_session_is_opened_started_and_closed() throws Exception {
    JsonNode opened = client.result(OPEN);
    assertThat(opened.toString())
        .isEqualTo(
            "{\"session\":\"s1\",\"directory\":\"/run/s1\",\"environment\":{\"AEGIS_SESSION\":\"/run/s1\"},\"workspaces\":[],\"notices\":[\"hello\"]}");
    assertThat(fake.opened.get(0))
        .extracting(SessionRequest::argv, SessionRequest::timeout)
        .containsExactly(List.of("claude", "-p"), Optional.of(Duration.ofMinutes(1)));
    assertThat(levels).containsExactly(LogLevel.DEBUG);

    client.result("{\"call\":\"session.start\",\"session\":\"s1\",\"pid\":99}");
    assertThat(fake.callers)
        .as("the kernel's word, not the caller's")
        .containsExactly((int) ProcessHandle.current().pid());

    assertThat(client.result("{\"call\":\"session.close\",\"session\":\"s1\"}").toString())
        .isEqualTo(
            "{\"session\":\"s1\",\"asked\":5,\"allowed\":3,\"denied\":2,\"approvals\":1,\"dry_run\":[\"rm"
                + " x\"]}");
    assertThat(levels).containsExactly(LogLevel.DEBUG, LogLevel.INFO);
  }

  @Test
  void a_policy_broken_meanwhile_is_a_notice_of_the_next_session() throws Exception {
    Files.writeString(home.policyFile(), "[policy\n");

    assertThat(client.result(OPEN).path("notices").get(1).asText())
        .startsWith("policy: " + home.policyFile() + ":1:")
        .contains("the last good policy stays in force");
    assertThat(client.result("{\"call\":\"status\"}").path("policy").path("state").asText())
        .isEqualTo("broken");
  }

  @Test
  void a_watcher_hears_events_until_it_hangs_up() throws Exception {
    try (Client watcher = new Client(socket())) {
      watcher.result("{\"call\":\"session.watch\",\"session\":\"s1\"}");
      fake.tell(new SessionEvent.Notice("look"));
      fake.tell(new SessionEvent.Denied(5, "/bin/cat", "cat .env", "r", "secret"));

      assertThat(watcher.next()).isEqualTo("{\"event\":\"notice\",\"text\":\"look\"}");
      assertThat(watcher.next())
          .isEqualTo(
              "{\"event\":\"denied\",\"pid\":5,\"program\":\"/bin/cat\",\"command\":\"cat"
                  + " .env\",\"rule\":\"r\",\"reason\":\"secret\"}");
    }
    await().untilAsserted(() -> assertThat(fake.listeners).isEmpty());
  }

  @Test
  void a_watcher_that_does_not_read_loses_its_connection_and_harms_nobody() throws Exception {
    try (Client watcher = new Client(socket())) {
      watcher.result("{\"call\":\"session.watch\",\"session\":\"s1\"}");
      String long1k = "x".repeat(1_000);
      for (int i = 0; i < 5_000; i++) {
        fake.tell(new SessionEvent.Notice(long1k));
      }
      await().untilAsserted(() -> assertThat(fake.listeners).isEmpty());
      assertThat(client.call("{\"call\":\"ping\"}").path("ok").asBoolean()).isTrue();
    }
  }

  @Test
  void stop_is_refused_while_sessions_run_unless_forced() throws Exception {
    client.result(OPEN);
    assertThat(client.error("{\"call\":\"stop\"}").path("message").asText())
        .isEqualTo("1 session still runs (claude): end them first, or use --force");
    assertThat(stopped.getCount()).isEqualTo(1);

    client.result("{\"call\":\"stop\",\"force\":true}");
    assertThat(stopped.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"call\":\"approvals.decide\",\"id\":7,\"decision\":\"approve\",\"scope\":\"once\",\"channel\":\"cli\"}",
        "{\"call\":\"grants.revoke\",\"id\":1,\"token\":\"of an admin\"}",
        "{\"call\":\"sessions.pause\",\"token\":\"of an admin\"}",
        "{\"call\":\"sessions.resume\",\"token\":\"of an admin\"}",
        "{\"call\":\"stop\",\"force\":true}",
        "{\"call\":\"session.start\",\"session\":\"s1\",\"pid\":1}",
        "{\"call\":\"session.close\",\"session\":\"s1\"}",
        "{\"call\":\"session.watch\",\"session\":\"s1\"}"
      })
  void whoever_is_supervised_changes_nothing(String call) throws Exception {
    fake.supervised.add((int) ProcessHandle.current().pid());

    JsonNode error = client.error(call);
    assertThat(error.path("code").asInt()).isEqualTo(6);
    assertThat(error.path("message").asText()).contains("runs inside a supervised session");
    assertThat(fake.answers).isEmpty();
    assertThat(stopped.getCount()).isEqualTo(1);
    assertThat(client.call("{\"call\":\"ping\"}").path("ok").asBoolean()).isTrue();
  }

  @Test
  void a_connection_whose_process_is_gone_changes_nothing() throws Exception {
    String handOver =
        """
        import os, socket, sys, time
        s = socket.socket(socket.AF_UNIX); s.connect(sys.argv[1])
        s.sendall(b'{"call":"ping"}\\n'); s.recv(4096)
        pid = os.getpid()
        if os.fork() != 0: os._exit(0)
        while os.path.exists("/proc/%d" % pid): time.sleep(0.005)
        s.sendall(b'{"call":"approvals.decide","id":7,"decision":"approve","scope":"once","channel":"cli"}\\n')
        sys.stdout.write(s.recv(65536).decode())
        """;
    Process python =
        new ProcessBuilder("python3", "-c", handOver, socket().toString())
            .redirectErrorStream(true)
            .start();
    String answer = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(answer).contains("\"code\":6").contains("is gone");
    assertThat(fake.answers).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nonsense                               | expected one JSON object a line
          []                                     | expected an object with "call"
          {"call":"aprovals.list"}               | did you mean "approvals.list"?
          {"call":"approvals.show"}              | argument "id": expected a whole number, found nothing
          {"call":"approvals.show","id":"7"}     | argument "id": expected a whole number
          {"call":"approvals.show","id":8}       | no approval has the id 8
          {"call":"approvals.list","all":1}      | argument "all": expected true or false, found 1
          {"call":"session.open","wrapped":"x"}  | argument "argv": expected a list of strings
          """)
  void a_bad_call_is_answered_with_what_was_expected(String line, String message) throws Exception {
    JsonNode error = client.error(line);
    assertThat(error.path("code").asInt()).isEqualTo(1);
    assertThat(error.path("message").asText()).contains(message);
  }

  @Test
  void a_refused_session_says_why() throws Exception {
    assertThat(client.error(OPEN.replace("\"claude\",\"argv\"", "\"refused\",\"argv\"")).toString())
        .isEqualTo("{\"code\":1,\"message\":\"the gate is not there\"}");
  }

  @Test
  void an_endless_line_closes_that_connection_alone() throws Exception {
    try (Client hostile = new Client(socket())) {
      assertThat(hostile.sendUntilRefused("x".repeat(64 * 1024), 64)).isTrue();
    }
    assertThat(client.call("{\"call\":\"ping\"}").path("ok").asBoolean()).isTrue();
  }

  @Test
  void a_call_without_its_end_of_line_is_never_carried_out() throws Exception {
    try (Client cut = new Client(socket())) {
      cut.send("{\"call\":\"stop\",\"force\":true}");
    }
    assertThat(client.call("{\"call\":\"ping\"}").path("ok").asBoolean()).isTrue();
    assertThat(stopped.getCount()).isEqualTo(1);
  }

  private Path socket() {
    return directory.resolve("c");
  }
}
