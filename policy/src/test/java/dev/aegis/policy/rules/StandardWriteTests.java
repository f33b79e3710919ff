package dev.aegis.policy.rules;

import static dev.aegis.policy.Operations.chmod;
import static dev.aegis.policy.Operations.execute;
import static dev.aegis.policy.Operations.hardLink;
import static dev.aegis.policy.Operations.mkdir;
import static dev.aegis.policy.Operations.move;
import static dev.aegis.policy.Operations.readWrite;
import static dev.aegis.policy.Operations.write;
import static dev.aegis.policy.ScriptedSurroundings.HOME;
import static dev.aegis.policy.ScriptedSurroundings.WORKSPACE;
import static dev.aegis.policy.Verdict.ALLOW;
import static dev.aegis.policy.Verdict.DENY;
import static dev.aegis.policy.Verdict.REQUIRE_APPROVAL;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code standard} says of writing, renaming, linking and changing modes. */
class StandardWriteTests extends ProfileTrial {
  StandardWriteTests() {
    super(Policies.engine());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        WORKSPACE + "/src/a.c",
        WORKSPACE + "/.env",
        WORKSPACE + "/.git/index.lock",
        WORKSPACE + "/.git/hooks/pre-commit.sample",
        "/tmp/x",
        "/dev/shm/x",
        "/dev/null",
        "/dev/tty",
        "/dev/pts/0",
        "/proc/100/oom_score_adj",
        HOME + "/.cache/x",
        HOME + "/.npm/_cacache/tmp/x",
        HOME + "/.npm/_logs/x.log",
        HOME + "/.m2/repository/a/b.jar",
        HOME + "/.bash_history",
        HOME + "/.viminfo.tmp",
        HOME + "/.lesshst",
        HOME + "/.ssh/known_hosts",
        HOME + "/.claude/history.jsonl",
        HOME + "/.claude.json.tmp.4711.ab",
      })
  void of_everyday_work_are_allowed(String path) {
    says(write(path), ALLOW);
    says(readWrite(path), ALLOW);
    says(chmod(path, 0755), ALLOW);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/.config", "/.config/procps", "/.local/share", "/go", "/.m2"})
  void that_make_a_directory_for_caches_are_allowed_and_none_that_replace_it(String name) {
    says(mkdir(HOME + name), ALLOW);
    says(mkdir(HOME + "/elsewhere"), REQUIRE_APPROVAL);
    world.directory(HOME + "/.config");
    says(move(HOME + "/.config", WORKSPACE + "/c"), REQUIRE_APPROVAL);
  }

  @Test
  void renames_in_the_workspace_are_allowed() {
    says(move(WORKSPACE + "/a", WORKSPACE + "/b"), ALLOW);
    says(hardLink(WORKSPACE + "/a", WORKSPACE + "/b"), ALLOW);
  }

  @Test
  void a_move_to_a_temporary_directory_counts_as_a_deletion() {
    world.file(WORKSPACE + "/thesis.tex");
    says(move(WORKSPACE + "/thesis.tex", "/tmp/x"), REQUIRE_APPROVAL);
    world.directory(WORKSPACE + "/src");
    says(move(WORKSPACE + "/src", "/tmp/y"), REQUIRE_APPROVAL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        HOME + "/.bashrc",
        HOME + "/.ssh/authorized_keys",
        HOME + "/.ssh/config",
        HOME + "/.gitconfig",
        HOME + "/.config/systemd/user/x.service",
        HOME + "/.config/autostart/x.desktop",
        HOME + "/.local/bin/ls",
        HOME + "/Documents/a",
        "/var/spool/cron/crontabs/ada",
        "/opt/x",
        "/usr/local/bin/x",
        "/srv/x",
        WORKSPACE + "/.git/hooks/pre-commit",
        WORKSPACE + "/.git/config",
        WORKSPACE + "/.aegis/policy.toml",
      })
  void elsewhere_or_of_what_others_obey_ask(String path) {
    says(write(path), REQUIRE_APPROVAL);
    says(move(WORKSPACE + "/a", path), REQUIRE_APPROVAL);
    says(hardLink(WORKSPACE + "/a", path), REQUIRE_APPROVAL);
  }

  @Test
  void git_may_write_its_own_configuration_of_the_workspace_but_not_the_user_s() {
    program = "/usr/bin/git";
    says(write(WORKSPACE + "/.git/config"), ALLOW);
    says(write(HOME + "/.gitconfig"), REQUIRE_APPROVAL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/etc/passwd", "/etc/cron.d/x", "/boot/vmlinuz", "/dev/sda", "/sys/x"})
  void of_the_machine_are_denied(String path) {
    says(write(path), DENY);
    says(move(WORKSPACE + "/a", path), DENY);
    says(chmod(path, 0644), DENY);
  }

  @Test
  void a_redirection_is_judged_with_its_command() {
    says(execute("bash", "-c", "echo x >> ~/.bashrc"), REQUIRE_APPROVAL);
    says(execute("bash", "-c", "echo x > /etc/hosts"), DENY);
    says(execute("bash", "-c", "echo x > out.txt 2>/dev/null"), ALLOW);
  }
}
