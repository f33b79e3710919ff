package dev.aegis.daemon.approvals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.daemon.store.ProcessKey;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GrantTests {

  private static final ProcessKey ROOT = new ProcessKey(10, 100);
  private static final ProcessKey CHILD = new ProcessKey(11, 101);
  private static final ProcessKey STRANGER = new ProcessKey(12, 102);

  private static Terms program(String cwd, String tail, List<String> steps, String... families) {
    return new Terms(
        "exact",
        "shape",
        cwd,
        tail,
        steps,
        List.of(families),
        List.of("/w/build"),
        List.of(),
        true,
        false);
  }

  private static Terms access(String path, String... families) {
    return new Terms(
        "x",
        "y",
        "",
        "",
        List.of("delete"),
        List.of(families),
        List.of(path),
        List.of(),
        false,
        false);
  }

  private static final Grant REMOVAL =
      new Grant(
          1,
          "s",
          Scope.ONCE,
          Optional.of(ROOT),
          program("/w", "tail", List.of("step one", "step two"), "file.delete"));

  private static Terms running(Fingerprint... files) {
    return new Terms(
        "exact",
        "shape",
        "/w",
        "",
        List.of("./deploy.sh"),
        List.of("file.delete"),
        List.of(),
        List.of(files),
        true,
        false);
  }

  private static Fingerprint file(String path, long inode, String content) {
    return new Fingerprint(path, 1, inode, 10, "2026-01-01T00:00:00Z", content);
  }

  @Test
  void a_grant_covers_only_the_files_that_were_there_when_it_was_asked_for() {
    Fingerprint shell = file("/usr/bin/bash", 1, "");
    Fingerprint script = file("/w/deploy.sh", 2, "aa");
    Grant grant = new Grant(1, "s", Scope.ONCE, Optional.of(ROOT), running(shell, script));
    List<ProcessKey> below = List.of(CHILD, ROOT);
    assertThat(grant.covers(running(script), below)).isTrue();
    assertThat(grant.covers(running(script, file("/usr/bin/dash", 3, "")), below)).isTrue();
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
  void a_grant_for_the_session_is_for_one_shape() {
    Grant session = new Grant(1, "s", Scope.SESSION, Optional.empty(), REMOVAL.terms());
    assertThat(session.covers(REMOVAL.terms(), List.of(STRANGER))).isTrue();
    assertThat(session.covers(access("/w/build/a", "file.delete"), List.of(ROOT))).isFalse();
  }
}
