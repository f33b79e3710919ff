package dev.aegis.daemon.approvals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.daemon.store.ProcessKey;
import dev.aegis.operation.Risk;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GrantTests {

  private static final ProcessKey ROOT = new ProcessKey(10, 100);
  private static final ProcessKey CHILD = new ProcessKey(11, 101);
  private static final ProcessKey STRANGER = new ProcessKey(12, 102);

  private static final long SHOWN = Instant.parse("2026-01-02T00:00:00Z").toEpochMilli();

  private static Terms terms(
      String cwd,
      String tail,
      List<String> steps,
      List<String> categories,
      List<String> targets,
      List<Fingerprint> files,
      boolean program) {
    return new Terms(
        "exact",
        "shape",
        cwd,
        tail,
        steps,
        categories,
        60,
        targets,
        List.of(),
        files,
        SHOWN,
        program,
        false);
  }

  private static Terms program(String cwd, String tail, List<String> steps, String... categories) {
    return terms(cwd, tail, steps, List.of(categories), List.of("/w/build"), List.of(), true);
  }

  private static Terms access(String path, String... categories) {
    return terms("", "", List.of("delete"), List.of(categories), List.of(path), List.of(), false);
  }

  private static Grant ofRoot(Terms terms) {
    return new Grant(1, 1, "s", "claude", Scope.ONCE, Optional.of(ROOT), terms, Optional.empty());
  }

  private static final Grant REMOVAL =
      ofRoot(program("/w", "tail", List.of("step one", "step two"), "file.delete.recursive"));

  private static Terms running(Fingerprint... files) {
    return terms(
        "/w", "", List.of("./deploy.sh"), List.of("file.delete"), List.of(), List.of(files), true);
  }

  private static Fingerprint file(String path, long inode, String content) {
    String before = "2026-01-01T00:00:00Z";
    return new Fingerprint(path, 1, inode, 10, before, before, content, path.startsWith("/usr/"));
  }

  @Test
  void a_grant_covers_only_the_files_that_were_there_when_it_was_asked_for() {
    Fingerprint shell = file("/usr/bin/bash", 1, "");
    Fingerprint script = file("/w/deploy.sh", 2, "aa");
    Grant grant = ofRoot(running(shell, script));
    List<ProcessKey> below = List.of(CHILD, ROOT);
    assertThat(grant.covers(running(script), below)).isTrue();
    assertThat(grant.covers(running(script, file("/usr/bin/dash", 3, "")), below)).isTrue();
    String later = "2026-01-02T00:00:01Z";
    Fingerprint replaced = new Fingerprint("/usr/bin/dash", 1, 3, 10, later, later, "", true);
    assertThat(grant.covers(running(script, replaced), below)).isFalse();
    assertThat(grant.covers(running(file("/w/deploy.sh", 2, "bb")), below)).isFalse();
    assertThat(grant.covers(running(file("/w/deploy.sh", 9, "aa")), below)).isFalse();
    assertThat(grant.covers(running(file("/w/other.sh", 2, "aa")), below)).isFalse();
  }

  @Test
  void a_grant_reaches_its_targets_and_what_lies_below() {
    assertThat(REMOVAL.covers(access("/w/build", "file.delete"), List.of(ROOT))).isTrue();
    assertThat(REMOVAL.covers(access("/w/build/a/b", "file.delete"), List.of(ROOT))).isTrue();
    assertThat(REMOVAL.covers(access("/w/build2", "file.delete"), List.of(ROOT))).isFalse();
    assertThat(REMOVAL.covers(access("/w", "file.delete"), List.of(ROOT))).isFalse();
  }

  @Test
  void a_grant_is_for_its_subtree_alone() {
    Terms inside = access("/w/build/a", "file.delete");
    assertThat(REMOVAL.covers(inside, List.of(CHILD, ROOT))).isTrue();
    assertThat(REMOVAL.covers(inside, List.of(STRANGER))).isFalse();
    assertThat(REMOVAL.covers(inside, List.of(new ProcessKey(10, 999))))
        .as("a later process with the same pid")
        .isFalse();
  }

  @Test
  void a_grant_covers_no_other_kind_of_deed() {
    assertThat(REMOVAL.covers(access("/w/build/a", "file.mode"), List.of(ROOT))).isFalse();
    assertThat(REMOVAL.covers(access("/w/build/a", "file.delete", "secret.read"), List.of(ROOT)))
        .isFalse();
    assertThat(REMOVAL.covers(access("/w/build/a"), List.of(ROOT)))
        .as("a deed without a meaning")
        .isFalse();
  }

  @Test
  void a_program_inside_must_be_a_step_that_was_shown() {
    List<ProcessKey> inside = List.of(CHILD, ROOT);
    assertThat(REMOVAL.covers(program("/w", "other", List.of("step one"), "file.delete"), inside))
        .isTrue();
    assertThat(REMOVAL.covers(program("/w", "tail", List.of("new"), "file.delete"), inside))
        .as("the same words under another name, such as env and node for a script")
        .isTrue();
    assertThat(REMOVAL.covers(program("/w", "other", List.of("new"), "file.delete"), inside))
        .isFalse();
    assertThat(
            REMOVAL.covers(
                program("/elsewhere", "tail", List.of("step one"), "file.delete"), inside))
        .isFalse();
    assertThat(
            REMOVAL.covers(
                program("/w", "tail", List.of("step one"), "file.delete", "git.force_push"),
                inside))
        .isFalse();
  }

  @Test
  void a_file_that_was_approved_lets_its_process_reach_no_other_but_where_it_was_said() {
    Terms one = access("/w/build/a", "file.delete");
    assertThat(ofRoot(one).covers(access("/w/build/a/b", "file.delete"), List.of(ROOT))).isFalse();
    Terms walk =
        new Terms(
            "exact",
            "shape",
            "",
            "",
            List.of("delete"),
            List.of("file.delete"),
            60,
            List.of("/w/build/a"),
            List.of("/w/build"),
            List.of(),
            SHOWN,
            false,
            false);
    assertThat(ofRoot(walk).covers(access("/w/build/b", "file.delete"), List.of(ROOT))).isTrue();
    assertThat(ofRoot(walk).covers(access("/w/src/b", "file.delete"), List.of(ROOT))).isFalse();
    assertThat(ofRoot(walk).covers(running(), List.of(CHILD, ROOT)))
        .as("it starts no program with that")
        .isFalse();
  }

  private static Grant lasting(Terms terms) {
    return new Grant(1, 1, "s", "claude", Scope.SESSION, Optional.empty(), terms, Optional.empty());
  }

  private static Terms shaped(
      String shape, List<String> categories, int risk, List<Fingerprint> files) {
    return new Terms(
        "exact",
        shape,
        "/w",
        "",
        List.of("step"),
        categories,
        risk,
        List.of("/w/a"),
        List.of(),
        files,
        SHOWN,
        true,
        false);
  }

  /* Whatever two operations are: one is covered only when nothing of it is more than was approved. */
  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14})
  void a_grant_for_a_shape_never_covers_more(long seed) {
    Random random = new Random(seed);
    List<String> meanings = List.of("file.delete", "file.delete.recursive", "git.force_push");
    int covered = 0;
    for (int i = 0; i < 4_000; i++) {
      Terms given = any(random, meanings);
      Terms asked = any(random, meanings);
      if (lasting(given).covers(asked, List.of(STRANGER))) {
        covered++;
        assertThat(asked.shape()).isEqualTo(given.shape());
        assertThat(given.categories()).containsAll(asked.categories());
        assertThat(tier(asked)).isLessThanOrEqualTo(tier(given));
        assertThat(given.bindings()).containsAll(asked.bindings());
      }
    }
    assertThat(covered).as("the property says something").isPositive();
  }

  private static Risk.Tier tier(Terms terms) {
    return new Risk(terms.risk(), List.of()).tier();
  }

  private static Terms any(Random random, List<String> meanings) {
    return shaped(
        "shape " + random.nextInt(2),
        meanings.subList(random.nextInt(2), 1 + random.nextInt(2) + 1),
        random.nextInt(101),
        random.nextBoolean()
            ? List.of()
            : List.of(file("/w/script", random.nextInt(2), "content")));
  }
}
