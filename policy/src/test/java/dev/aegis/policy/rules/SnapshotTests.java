package dev.aegis.policy.rules;

import static dev.aegis.policy.ScriptedSurroundings.HOME;
import static dev.aegis.policy.ScriptedSurroundings.WORKSPACE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.operation.FileIdentity;
import dev.aegis.operation.Operation.FileAccess;
import dev.aegis.operation.OperationKind;
import dev.aegis.operation.RawText;
import dev.aegis.policy.PolicyEngine;
import dev.aegis.policy.ScriptedSurroundings;
import dev.aegis.policy.Surroundings;
import dev.aegis.policy.Verdict;
import dev.aegis.policy.snapshot.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The snapshot allows nothing that the policy would not allow, and what everyday work needs. */
class SnapshotTests {
  private static final OperationKind[] KINDS = {
    OperationKind.READ_FILE,
    OperationKind.WRITE_FILE,
    OperationKind.DELETE_FILE,
    OperationKind.CHANGE_MODE
  };
  private static final String[] STARTS = {
    WORKSPACE,
    WORKSPACE + "/src",
    HOME,
    HOME + "/.ssh",
    HOME + "/.claude",
    HOME + "/.claude.json",
    HOME + "/.cache",
    HOME + "/.npm",
    "/tmp",
    "/var/tmp",
    "/usr/lib",
    "/usr/local/lib",
    "/etc",
    "/proc/self",
    "/proc/100",
    "/proc/7",
    "/dev",
    "/dev/shm",
    "/data",
    "",
    "/boot",
    "/opt/x"
  };
  private static final String[] NAMES = {
    "a",
    "b.c",
    ".env",
    ".env.local",
    ".env.example",
    "id_rsa",
    ".git",
    "hooks",
    "config",
    "pre-commit",
    "node_modules",
    "credentials",
    "x.pem",
    "server.key",
    ".bashrc",
    ".bash_history",
    "settings.json",
    ".claude",
    "fd",
    "environ",
    "mem",
    "secret",
    "né",
    "shadow",
    "target",
    ".netrc",
    "b.c.tmp",
    "7"
  };
  private static final String[] MATCHES = {
    "tool = \"read_file\"",
    "tool = [\"write_file\", \"delete_file\"]",
    "path_glob = \"${workspace}/src/**\"",
    "path_glob = [\"~/.npm/**\", \"b.c\"]",
    "path_glob = \"/data/{a,b.c}\"",
    "path_glob = \"/etc/a\"",
    "path_pattern = \"\\\\.c$\"",
    "path_pattern = \"^/tmp/.*secret\"",
    "path_pattern = \"(?i)SECRET\"",
    "path_pattern = \"(^|/)a/\"",
    "category = \"file.write\"",
    "category = [\"file.read.home\", \"file.delete.temporary\"]",
    "category = \"secret\"",
    "risk = \"medium\"",
    "program = \"curl\"",
    "wrapped = \"claude\"",
    "wrapped = \"codex\"",
    "user = \"ada\"",
    "command_pattern = \"rm\"",
    "cwd_glob = \"/tmp/**\"",
    "port = 80",
    "args = [\"a\"]"
  };
  private static final String[] ACTIONS = {"allow", "allow", "require_approval", "deny"};
  private static final Layer[] LAYERS = {Layer.PROJECT, Layer.USER, Layer.LEARNED};

  private final Random random = new Random(4);
  private final Counts counts = new Counts();

  private static final class Counts {
    int allowed;
    int asked;
  }

  @Test
  void whatever_the_rules_and_paths_what_it_allows_the_policy_allows() {
    for (int i = 0; i < 8; i++) {
      PolicyEngine engine = engine();
      Snapshot snapshot = engine.snapshot(new ScriptedSurroundings());
      for (int n = 0; n < 2_000; n++) {
        compare(engine, snapshot);
      }
    }
    assertThat(counts.allowed).isGreaterThan(500);
    assertThat(counts.asked).isGreaterThan(1_000);
  }

  private PolicyEngine engine() {
    List<PolicySource> sources = new ArrayList<>();
    for (Layer layer : LAYERS) {
      StringBuilder text = new StringBuilder();
      if (random.nextInt(4) == 0) {
        text.append("[policy]\ndefault_action = \"" + pick(ACTIONS) + "\"\n");
      } else if (layer == Layer.USER && random.nextInt(3) == 0) {
        text.append("[policy]\nextends = \"" + pick("observe", "strict", "none") + "\"\n");
      }
      for (int n = random.nextInt(4); n > 0; n--) {
        String match = pick(MATCHES) + (random.nextBoolean() ? ", " + pick(MATCHES) : "");
        String rule = Policies.rule("r" + n, match, pick(ACTIONS), random.nextInt(1000));
        if (isTable(match)) {
          text.append(rule);
        }
      }
      sources.add(Policies.source(layer, text.toString()));
    }
    LoadedPolicy loaded = PolicyLoader.load(sources);
    return loaded.engine().orElseGet(() -> Policies.engine());
  }

  /** A key may stand only once. */
  private static boolean isTable(String match) {
    List<String> keys = new ArrayList<>();
    for (String part : match.split(", (?=[a-z_]+ =)", -1)) {
      keys.add(part.substring(0, part.indexOf(' ')));
    }
    return keys.stream().distinct().count() == keys.size();
  }

  private void compare(PolicyEngine engine, Snapshot snapshot) {
    OperationKind kind = pick(KINDS);
    String path = path();
    int answer = snapshot.answer(kind, RawText.encode(path));
    boolean otherwise = random.nextBoolean();
    if ((answer & (otherwise ? Snapshot.ALLOW_OTHERWISE_SPELLED : Snapshot.ALLOW)) == 0) {
      counts.asked++;
      return;
    }
    counts.allowed++;
    Optional<String> spelled = otherwise ? Optional.of(path()) : Optional.empty();
    FileAccess access = access(kind, path, spelled);
    Surroundings world = world(access, path);
    String program = pick("/usr/bin/curl", "/usr/bin/git", "/tmp/x", "/usr/bin/ssh");
    assertThat(engine.decide(access, program, world).verdict())
        .as("%s by %s", access, program)
        .isEqualTo(Verdict.ALLOW);
  }

  private FileAccess access(OperationKind kind, String path, Optional<String> spelled) {
    int[] modes = {0100644, 0100600, 0100755, 0040755, 0040700};
    boolean creates = kind == OperationKind.WRITE_FILE && random.nextBoolean();
    FileIdentity identity =
        new FileIdentity(
            1, 7, 1, Instant.EPOCH, Instant.EPOCH, modes[random.nextInt(modes.length)], 1, 0, 0);
    return new FileAccess(
        kind,
        "openat",
        path,
        Optional.empty(),
        spelled,
        creates ? Optional.empty() : Optional.of(identity),
        Optional.empty(),
        kind == OperationKind.WRITE_FILE ? 1 : 0,
        kind == OperationKind.CHANGE_MODE ? 0755 : 0);
  }

  private Surroundings world(FileAccess access, String path) {
    ScriptedSurroundings world = new ScriptedSurroundings();
    if (random.nextBoolean()) {
      world.inGit(path);
    }
    if (random.nextBoolean()) {
      world.regenerableDirectory(path);
    }
    if (random.nextBoolean()) {
      world.askedByWrapped();
    }
    if (random.nextBoolean()) {
      access.identity().ifPresent(world::made);
    }
    if (random.nextInt(4) == 0) {
      world.inMemory();
    }
    return world;
  }

  private String path() {
    StringBuilder path = new StringBuilder(pick(STARTS));
    for (int n = random.nextInt(4); n > 0; n--) {
      path.append('/').append(pick(NAMES));
    }
    return path.length() == 0 ? "/" : path.toString();
  }

  @SafeVarargs
  private <T> T pick(T... from) {
    return from[random.nextInt(from.length)];
  }

  private static int answer(OperationKind kind, String path) {
    return Holder.STANDARD.answer(kind, RawText.encode(path));
  }

  private static final class Holder {
    static final Snapshot STANDARD = Policies.engine().snapshot(new ScriptedSurroundings());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        WORKSPACE + "/src/main.c",
        WORKSPACE,
        WORKSPACE + "/.git/index",
        WORKSPACE + "/.git/hooks/pre-commit",
        "/tmp/ccX8f.s",
        HOME + "/.cache/x",
        HOME + "/.npm/_cacache/a",
        HOME + "/notes.txt",
        "/srv/data/x",
      })
  void everyday_reads_ask_nobody(String path) {
    assertThat(answer(OperationKind.READ_FILE, path)).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        WORKSPACE + "/.env",
        WORKSPACE + "/a/id_rsa",
        HOME + "/.ssh/id_ed25519",
        "/proc/1/environ",
        "/dev/sda",
        HOME + "/.netrc",
        "/etc/shadow",
        WORKSPACE + "/x.key",
        "relative",
        ""
      })
  void secrets_and_what_is_more_than_its_name_are_asked_about(String path) {
    int answer = answer(OperationKind.READ_FILE, path);
    assertThat(path.startsWith("/") ? answer : 0).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {WORKSPACE + "/src/main.c", "/tmp/x", HOME + "/.claude/x", HOME + "/.npm/a"})
  void everyday_writes_ask_nobody(String path) {
    assertThat(answer(OperationKind.WRITE_FILE, path)).isEqualTo(3);
    assertThat(answer(OperationKind.CHANGE_MODE, path)).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        WORKSPACE + "/.git/hooks/pre-commit",
        WORKSPACE + "/.git/config",
        HOME + "/.bashrc",
        "/etc/x",
        HOME + "/notes.txt",
        "/srv/x",
        WORKSPACE + "/.aegis/policy.toml",
        HOME + "/.claudex"
      })
  void other_writes_are_asked_about(String path) {
    assertThat(answer(OperationKind.WRITE_FILE, path)).isZero();
  }

  @Test
  void deleting_is_asked_about_where_it_matters_who_made_the_file() {
    assertThat(answer(OperationKind.DELETE_FILE, WORKSPACE + "/src/main.c")).isZero();
    assertThat(answer(OperationKind.DELETE_FILE, HOME + "/notes.txt")).isZero();
    assertThat(answer(OperationKind.DELETE_FILE, "/tmp/ccX8f.s")).isEqualTo(3);
  }

  @Test
  void a_rule_on_the_path_that_was_written_counts_where_another_was() {
    Snapshot snapshot =
        Policies.engine(Policies.user(Policies.rule("x", "path_glob = \"/tmp/x/**\"", "deny", 1)))
            .snapshot(new ScriptedSurroundings());
    byte[] path = RawText.encode(WORKSPACE + "/main.c");
    assertThat(snapshot.answer(OperationKind.READ_FILE, path)).isEqualTo(Snapshot.ALLOW);
  }

  @Test
  void what_is_too_large_shrinks_to_asking() {
    StringBuilder rules = new StringBuilder();
    for (int i = 0; i < 400; i++) {
      // Each of them remembers for ever whether it was met.
      rules.append(
          Policies.rule("r" + i, "path_glob = \"**/d" + i + "/**/e" + i + "\"", "deny", i));
    }
    Snapshot snapshot =
        Policies.engine(Policies.user(rules.toString())).snapshot(new ScriptedSurroundings());
    assertThat(snapshot.isEmpty()).isTrue();
    assertThat(snapshot.answer(OperationKind.READ_FILE, RawText.encode(WORKSPACE + "/x"))).isZero();
  }

  @Test
  void a_policy_that_narrows_the_baseline_has_none() {
    Snapshot snapshot =
        Policies.engine(Policies.user(Policies.rule("x", "path_glob = \"/usr/lib/x\"", "deny", 1)))
            .snapshot(new ScriptedSurroundings());
    assertThat(snapshot.isEmpty()).isTrue();
  }

  @Test
  void its_size_is_that_of_its_file_and_small() {
    assertThat(Holder.STANDARD.file(1).capacity()).isEqualTo(Holder.STANDARD.bytes());
    assertThat(Holder.STANDARD.bytes()).isLessThan(2 << 20);
  }
}
