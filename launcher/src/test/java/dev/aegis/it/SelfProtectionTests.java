package dev.aegis.it;

import static dev.aegis.it.Attack.changing;
import static dev.aegis.it.Attack.reading;
import static dev.aegis.it.Attack.telling;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Attacks of a wrapped program on Aegis under a policy that allows everything: what refuses them is
 * built in. They run in one session, one after the other; what the readers among them try works
 * outside.
 */
class SelfProtectionTests {

  private static final String TOKEN = "12:hidden-token";
  private static final String ALLOW_ALL = SamplePolicy.holding("^rm -rf victim");
  private static final List<Attack> ATTACKS =
      List.of(
          changing("approve by the command", "$B approvals approve $N"),
          changing("approve by the command, scrubbed", "env -i HOME=$U $B approvals approve $N"),
          changing("stop the daemon", "$B stop --force"),
          changing("start another daemon", "$B start"),
          telling("approve on the socket", "python3 forge.py decide $N"),
          telling("approve on the socket, orphaned", "python3 forge.py decide-orphaned $N"),
          telling("stop on the socket", "python3 forge.py stop 0"),
          reading("read the key", "cat $H/audit.key"),
          reading(
              "read the policy by a symbolic link", "ln -sfn $H link$$; cat link$$/policy.toml"),
          reading("read the policy by dots", "cat $H/logs/../policy.toml"),
          reading("read the policy by /proc/self/root", "cat /proc/self/root$H/policy.toml"),
          reading(
              "read the policy by a root's own descriptor",
              "exec 7</; cat /proc/self/fd/7$H/policy.toml"),
          reading("read the policy from its directory", "cd $H && cat policy.toml"),
          reading("hard-link the key", "ln $H/audit.key key$$ && cat key$$"),
          reading("archive the state", "tar -cf - -C $H . > state$$.tar"),
          reading(
              "archive the state from above", "tar -cf - $H/../${H##*/}/policy.toml > above$$.tar"),
          reading(
              "open the database",
              "python3 -c 'import sqlite3,os; print(sqlite3.connect(os.environ[\"H\"]+\"/aegis.db\").execute(\"select count(*) from audit\").fetchone())'"),
          reading(
              "mount the state elsewhere",
              "unshare -m sh -c 'mkdir -p m$$; mount --bind $H m$$ && cat m$$/policy.toml'"),
          reading("read by the loader", "/lib64/ld-linux-x86-64.so.2 /usr/bin/cat $H/policy.toml"),
          reading(
              "read by the loader without a library",
              "LD_PRELOAD= /lib64/ld-linux-x86-64.so.2 --preload '' /usr/bin/cat $H/policy.toml"),
          reading(
              "read with the variables unset",
              "unset LD_PRELOAD AEGIS_SESSION; cat $H/policy.toml"),
          reading("read with no variables", "env -i /usr/bin/cat $H/policy.toml"),
          reading(
              "read with a session of one's own",
              "mkdir -p fake; AEGIS_SESSION=$PWD/fake LD_PRELOAD= cat $H/policy.toml"),
          reading("read in a session of one's own", "setsid -w nohup cat $H/policy.toml"),
          reading(
              "read with descriptors closed",
              "python3 -c 'import os; os.closerange(3, 70000); print(open(os.environ[\"H\"]+\"/policy.toml\").read())'"),
          changing("overwrite the policy", "echo x > $H/policy.toml"),
          changing("append to the configuration", "echo x >> $H/config.toml"),
          changing("delete the database", "rm -f $H/aegis.db && test ! -e $H/aegis.db"),
          changing("empty the logs", "truncate -s 0 $H/logs/*"),
          changing("rename the state", "mv $H $H.away"),
          changing("rename an ancestor of the state", "mv ${H%/*} $U/away"),
          changing(
              "exchange the state",
              "mkdir -p new; python3 -c 'import ctypes,os; n=ctypes.CDLL(None); raise SystemExit(n.renameat2(-100, b\"new\", -100, os.environ[\"H\"].encode(), 2) != 0)'"),
          changing("open up the state", "chmod 777 $H"),
          changing("write the session's page", "echo x > $AEGIS_SESSION/page"),
          changing(
              "replace the reporter socket",
              "rm -f $AEGIS_SESSION/reporter.sock && test ! -e $AEGIS_SESSION/reporter.sock"),
          changing(
              "change the installed program",
              "echo >> ${B%/bin/aegis}/lib/native/linux-x86_64/libaegis.so"),
          changing("kill the daemon", "kill -9 $D"),
          changing("kill the launcher", "kill -9 $L"),
          changing("kill the starter", "kill -9 $S"),
          changing("stop the launcher", "kill -STOP $L"),
          changing("stop the starter", "kill -STOP $S"),
          changing("stop the daemon by its group", "kill -STOP -- -$D"),
          changing(
              "stop the daemon by a thread",
              "python3 -c 'import ctypes,os; t=[int(t) for t in os.environ[\"T\"].split()]; raise SystemExit(ctypes.CDLL(None).syscall(200, t[1], 19) != 0)'"),
          reading("read the daemon's environment", "cat /proc/$D/environ"),
          reading("read the launcher's environment", "cat /proc/$L/environ"),
          reading("read the daemon's memory map", "cat /proc/$D/maps"),
          reading("reach files through the daemon's root", "cat /proc/$D/root$H/policy.toml"),
          changing(
              "open the daemon's memory",
              "python3 -c 'open(\"/proc/\"+__import__(\"os\").environ[\"D\"]+\"/mem\",\"r+b\")'"),
          changing(
              "open the launcher's memory",
              "python3 -c 'open(\"/proc/\"+__import__(\"os\").environ[\"L\"]+\"/mem\",\"rb\")'"),
          changing(
              "open the starter's memory",
              "python3 -c 'open(\"/proc/\"+__import__(\"os\").environ[\"S\"]+\"/mem\",\"r+b\")'"),
          reading(
              "read the database by the daemon's descriptor",
              "for f in /proc/$D/fd/*; do test -f $f && head -c 15 $f | grep -aq SQLite && break; done"),
          changing("trace the daemon", trace("D")),
          changing("trace the launcher", trace("L")),
          changing("trace the starter", trace("S")),
          changing("attach to the daemon", "timeout 15 jcmd $D VM.version"),
          telling(
              "find the token",
              "env | grep -aq hidden-token && echo SUCCEEDED; for e in /proc/[0-9]*/environ; do grep -aqs hidden-token $e && echo SUCCEEDED $e; done; true"),
          telling("speak to the reporter socket", "python3 forge.py connect-by-libc 0"),
          telling("attach to another's request", "python3 forge.py attach $N"),
          telling("claim the release of another's request", "python3 forge.py released $N"),
          telling("claim the daemon as a child", "python3 forge.py forked $D"),
          telling("pretend to be the gate", "python3 forge.py gate $N"),
          telling("send an answer", "python3 forge.py answer 0"),
          telling("send garbage", "python3 forge.py garbage 0"),
          telling("ask by a forged frame to kill the daemon", "python3 forge.py signal $D"));

  private static Product product;
  private static Path workspace;
  private static long daemon;
  private static long pending;
  private static Running held;
  private static Map<String, String> inside;
  private static Map<String, String> outside;
  private static Finished session;

  private static String trace(String variable) {
    return "python3 -c 'import ctypes, os; raise SystemExit(ctypes.CDLL(None).ptrace(0x4206,"
        + " int(os.environ[\""
        + variable
        + "\"]), None, None) != 0)'";
  }

  @BeforeAll
  static void attack() throws Exception {
    Programs.require("python3", "jcmd", "setsid", "unshare");
    product = new Product().policy(ALLOW_ALL);
    workspace = product.workspace("project");
    Files.createDirectory(workspace.resolve("victim"));
    assertThat(product.aegis("start").exitCode()).isZero();
    daemon = product.awaitDaemon();
    held = product.wrap(workspace, "bash", "-c", "rm -rf victim; echo status $?");
    pending = product.awaitQuestion(held).path("id").asLong();

    Map<String, Object> variables = new HashMap<>();
    variables.put("H", product.home());
    variables.put("U", product.userHome());
    variables.put("D", daemon);
    variables.put("T", threads());
    variables.put("N", pending);
    variables.put("B", Product.executable());
    Map<String, String> environment = new HashMap<>(product.environment());
    environment.put("AEGIS_TELEGRAM_BOT_TOKEN", TOKEN);
    Path script = AttackScript.write(workspace, variables, ATTACKS);
    // Supervision at its weakest: raw calls get through, and the daemon must see through what they
    // bring.
    Running wrapped =
        Running.start(
            workspace,
            environment,
            Product.executable(),
            "wrap",
            "--supervision",
            "libc",
            "bash",
            script.toString());
    session = wrapped.await();
    inside = AttackScript.results(wrapped);

    Path control = product.workspace("control");
    Running unwrapped =
        Running.start(
            control,
            product.environment(),
            Path.of("bash"),
            AttackScript.write(control, variables, readers().toList()).toString());
    unwrapped.await();
    outside = AttackScript.results(unwrapped);
  }

  private static String threads() throws IOException {
    try (Stream<Path> tasks = Files.list(Path.of("/proc/" + daemon + "/task"))) {
      return String.join(" ", tasks.map(task -> task.getFileName().toString()).sorted().toList());
    }
  }

  @AfterAll
  static void cleanUp() throws IOException {
    if (product != null) {
      product.close();
    }
  }

  static Stream<Attack> all() {
    return ATTACKS.stream();
  }

  static Stream<Attack> readers() {
    return ATTACKS.stream().filter(Attack::control);
  }

  @ParameterizedTest
  @MethodSource("all")
  void it_fails_inside(Attack attack) {
    assertThat(inside).as("session: %s", session).containsKey(attack.name());
    assertThat(inside.get(attack.name()))
        .doesNotContain(Attack.SUCCEEDED)
        .doesNotContain("\"ok\":true");
  }

  @ParameterizedTest
  @MethodSource("readers")
  void it_works_outside(Attack attack) {
    assertThat(outside.get(attack.name())).contains(Attack.SUCCEEDED);
  }

  @Test
  void the_daemon_says_on_the_socket_why_it_refuses() {
    assertThat(inside.get("approve on the socket")).contains("\"code\":6");
    assertThat(inside.get("approve on the socket, orphaned")).contains("\"code\":6");
    assertThat(inside.get("stop on the socket")).contains("\"code\":6");
  }

  @Test
  void the_question_is_untouched_and_still_answered_from_outside() throws Exception {
    assertThat(product.awaitDaemon()).isEqualTo(daemon);
    assertThat(product.approval(pending).path("state").asText()).isEqualTo("pending");
    Finished deny = product.aegis("approvals", "deny", Long.toString(pending));
    assertThat(deny.exitCode()).as(deny.err()).isZero();
    Finished denied = held.await();
    assertThat(denied.exitCode()).isEqualTo(126);
    assertThat(denied.err()).contains("aegis: denied");
    assertThat(product.approval(pending).path("released_at").asText("")).isEmpty();
    assertThat(workspace.resolve("victim")).exists();
  }

  @Test
  void lies_of_reporters_are_on_record() throws Exception {
    StringBuilder logs = new StringBuilder();
    try (Stream<Path> files = Files.list(product.home().resolve("logs"))) {
      for (Path file : files.toList()) {
        logs.append(Files.readString(file));
      }
    }
    assertThat(logs)
        .contains("claims the release of request " + pending)
        .contains("claims " + daemon + " as its child")
        .contains("says it is the gate")
        .contains("sent an answer")
        .contains("sent a frame that is");
    assertThat(product.aegis("audit", "verify").exitCode()).isZero();
  }

  @Test
  void the_state_is_as_it_was() {
    assertThat(product.home().resolve("policy.toml")).hasContent(ALLOW_ALL);
    assertThat(product.home().resolve("config.toml")).doesNotExist();
  }

  @Test
  void a_stranger_cannot_report_to_a_session() throws Exception {
    Running other = product.wrap(workspace, "bash", "-c", "echo $AEGIS_SESSION; read -r line");
    other.awaitOutput("/run/");
    Map<String, String> environment = new HashMap<>(product.environment());
    environment.put("AEGIS_SESSION", other.out().strip());
    Finished stranger =
        Running.start(workspace, environment, Path.of("python3"), "forge.py", "signal", "" + daemon)
            .await();
    assertThat(stranger.out()).doesNotContain(Attack.SUCCEEDED);
    assertThat(product.awaitDaemon()).isEqualTo(daemon);
    other.input("").await();
  }

  @Test
  void nobody_attaches_to_the_daemon_from_outside_either() throws Exception {
    Finished jcmd = product.unwrapped(workspace, "jcmd", Long.toString(daemon), "VM.version");
    assertThat(jcmd.exitCode()).isNotZero();
    assertThat(product.awaitDaemon()).isEqualTo(daemon);
  }

  @Test
  void what_is_injected_at_the_start_does_not_reach_our_jvms() throws Exception {
    try (Product other = new Product()) {
      Map<String, String> environment = new HashMap<>(other.environment());
      environment.put("JAVA_TOOL_OPTIONS", "-javaagent:/nowhere.jar");
      environment.put("_JAVA_OPTIONS", "-Dinjected=1");
      environment.put("JDK_JAVA_OPTIONS", "-Dinjected=2");
      environment.put("LD_PRELOAD", "/lib/x86_64-linux-gnu/libutil.so.1");
      Finished start = Running.start(workspace, environment, Product.executable(), "start").await();
      assertThat(start.exitCode()).as(start.err()).isZero();
      assertThat(start.err()).doesNotContain("Picked up", "nowhere");
      long pid = other.awaitDaemon();
      assertThat(Files.readString(Path.of("/proc/" + pid + "/maps"))).doesNotContain("libutil");
      assertThat(Files.readString(Path.of("/proc/" + pid + "/environ")))
          .doesNotContain("injected", "LD_PRELOAD", "nowhere");
      assertThat(ProcessHandle.of(pid).orElseThrow().info().commandLine().orElse(""))
          .doesNotContain("injected");
      other.aegis("stop");
      ProcessHandle.of(pid)
          .ifPresent(process -> process.onExit().orTimeout(60, TimeUnit.SECONDS).join());
    }
  }
}
