package dev.aegis.policy.rules;

import static dev.aegis.policy.Operations.delete;
import static dev.aegis.policy.Operations.execute;
import static dev.aegis.policy.ScriptedSurroundings.HOME;
import static dev.aegis.policy.ScriptedSurroundings.WORKSPACE;
import static dev.aegis.policy.Verdict.ALLOW;
import static dev.aegis.policy.Verdict.DENY;
import static dev.aegis.policy.Verdict.REQUIRE_APPROVAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.policy.Decision;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What {@code standard} says of deleting. */
class StandardDeletionTests extends ProfileTrial {
  StandardDeletionTests() {
    super(Policies.engine());
  }

  @Nested
  class Recursive_deletion {
    @Test
    void of_an_ordinary_directory_asks() {
      world.directory(WORKSPACE + "/somedir");
      Decision decision = says(execute("rm", "-rf", "somedir"), REQUIRE_APPROVAL);
      assertThat(decision.rule()).isEqualTo("recursive-deletion");
      assertThat(decision.risk().tier().label()).isEqualTo("high");
    }

    @Test
    void of_what_the_session_made_is_allowed() {
      world.createdDirectory(WORKSPACE + "/made");
      says(execute("rm", "-rf", "made"), ALLOW);
    }

    @Test
    void of_what_can_be_made_again_is_allowed() {
      world.regenerableDirectory(WORKSPACE + "/node_modules");
      says(execute("rm", "-rf", "node_modules", "./node_modules/x"), ALLOW);
    }

    @Test
    void of_temporary_files_is_allowed() {
      world.directory("/tmp/x");
      says(execute("rm", "-rf", "/tmp/x"), ALLOW);
    }

    @Test
    void of_everything_asks_as_critical() {
      Decision decision = says(execute("rm", "-rf", "/"), REQUIRE_APPROVAL);
      assertThat(decision.risk().tier().label()).isEqualTo("critical");
      says(execute("rm", "-rf", "."), REQUIRE_APPROVAL);
      says(execute("rm", "-rf", HOME), REQUIRE_APPROVAL);
    }

    @Test
    void of_the_machine_is_denied() {
      world.directory("/etc/ssl");
      says(execute("rm", "-rf", "/etc/ssl"), DENY);
    }

    @Test
    void inside_a_shell_asks_at_the_shell_and_names_the_step() {
      world.directory(WORKSPACE + "/somedir");
      Decision decision =
          says(execute("bash", "-c", "cd . && r\"\"m -rf somedir; echo done"), REQUIRE_APPROVAL);
      assertThat(decision.steps()).extracting(Decision.Step::text).contains("rm -rf somedir");
      assertThat(decision.steps())
          .filteredOn(s -> s.verdict() == REQUIRE_APPROVAL)
          .extracting(Decision.Step::text)
          .containsExactly("rm -rf somedir");
    }

    @Test
    void of_a_handful_of_files_is_judged_file_by_file() {
      world.everythingExists();
      says(execute("rm", "a", "b", "c"), ALLOW);
      says(execute("rm", "a", "b", "c", "d", "e", "f"), REQUIRE_APPROVAL);
    }
  }

  @Nested
  class Deletion_of_one_file {
    @Test
    void that_git_has_is_allowed() {
      world.inGit(WORKSPACE + "/a.c");
      says(delete(WORKSPACE + "/a.c"), ALLOW);
    }

    @Test
    void that_the_session_made_is_allowed() {
      world.created(HOME + "/notes");
      says(delete(HOME + "/notes"), ALLOW);
    }

    @Test
    void of_anything_else_asks() {
      world.file(WORKSPACE + "/thesis.tex");
      says(delete(WORKSPACE + "/thesis.tex"), REQUIRE_APPROVAL);
      world.file(HOME + "/thesis.tex");
      says(delete(HOME + "/thesis.tex"), REQUIRE_APPROVAL);
    }

    @Test
    void in_a_temporary_directory_is_allowed() {
      world.file("/tmp/x");
      says(delete("/tmp/x"), ALLOW);
      world.file(HOME + "/.npm/_cacache/x");
      says(delete(HOME + "/.npm/_cacache/x"), ALLOW);
    }

    @Test
    void by_git_itself_is_allowed_in_the_workspace() {
      world.file(WORKSPACE + "/.git/ORIG_HEAD");
      program = "/usr/bin/git";
      says(delete(WORKSPACE + "/.git/ORIG_HEAD"), ALLOW);
      program = WORKSPACE + "/git";
      says(delete(WORKSPACE + "/.git/ORIG_HEAD"), REQUIRE_APPROVAL);
    }

    @Test
    void of_an_empty_directory_is_allowed_in_the_workspace() {
      world.directory(WORKSPACE + "/empty");
      says(delete(WORKSPACE + "/empty"), ALLOW);
    }

    @Test
    void of_the_machine_is_denied() {
      world.file("/etc/hosts");
      says(delete("/etc/hosts"), DENY);
    }
  }
}
