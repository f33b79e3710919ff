package dev.aegis.policy.rules;

import static dev.aegis.policy.Operations.execute;
import static dev.aegis.policy.Verdict.ALLOW;
import static dev.aegis.policy.Verdict.REQUIRE_APPROVAL;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code standard} says of git. */
class StandardGitTests extends ProfileTrial {
  StandardGitTests() {
    super(Policies.engine());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "git push --force",
        "git push -f origin main",
        "git push origin +main",
        "git push --force-with-lease",
        "git push origin :old",
        "git reset --hard",
        "git clean -fd",
        "git branch -D topic",
        "git filter-branch x",
        "git stash drop",
        "git checkout -- .",
      })
  void that_loses_something_asks(String line) {
    says(execute(line.split(" ", -1)), REQUIRE_APPROVAL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "git clone https://example.com/x",
        "git status",
        "git add -A",
        "git commit -m x -a",
        "git push origin main",
        "git pull --rebase",
        "git fetch -f",
        "git merge topic",
        "git rebase main",
        "git branch -d topic",
        "git checkout -b topic",
        "git switch -c topic",
        "git stash",
        "git stash pop",
        "git log -p",
        "git reset HEAD~1",
        "git commit --amend",
        "git tag v1",
        "git diff",
        "git rm a",
        "git mv a b",
        "git worktree add ../x",
        "git -c core.fsmonitor=false status",
        "git config user.email a@b"
      })
  void of_every_day_is_allowed(String line) {
    says(execute(line.split(" ", -1)), ALLOW);
  }

  @Test
  void that_loses_nothing_is_allowed() {
    world.cleanWorkTree();
    says(execute("git", "reset", "--hard"), ALLOW);
  }
}
