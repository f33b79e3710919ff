package dev.aegis.daemon.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceLocatorTests {

  @TempDir Path directory;
  private Path home;
  private WorkspaceLocator locator;

  @BeforeEach
  void make_a_home() throws Exception {
    home = Files.createDirectories(directory.toRealPath().resolve("users/me"));
    Path aegis = Files.createDirectories(directory.toRealPath().resolve("state/aegis"));
    locator = new WorkspaceLocator(home, aegis);
  }

  private List<Path> locate(Path cwd, Path... named) throws Exception {
    return locator.locate(cwd, List.of(named)).paths();
  }

  @Test
  void a_workspace_is_the_git_top_level_or_the_directory_itself() throws Exception {
    Path deep = Files.createDirectories(home.resolve("project/src/deep"));
    assertThat(locate(deep)).containsExactly(deep);
    new Git(home.resolve("project")).run("init", "-q");
    assertThat(locate(deep)).containsExactly(home.resolve("project"));
  }

  @Test
  void a_symbolic_link_leads_to_the_real_place() throws Exception {
    Path project = Files.createDirectories(home.resolve("project"));
    Path link = Files.createSymbolicLink(home.resolve("link"), project);
    assertThat(locate(link)).containsExactly(project);
  }

  @Test
  void a_work_tree_brings_its_common_directory() throws Exception {
    Path project = Files.createDirectories(home.resolve("project"));
    Git git = new Git(project);
    git.run("init", "-q");
    git.run("commit", "-q", "--allow-empty", "-m", "m");
    git.run("worktree", "add", "-q", home.resolve("other").toString());
    assertThat(locate(home.resolve("other")))
        .containsExactly(home.resolve("other"), project.resolve(".git"));
  }

  @Test
  void home_and_everything_around_it_or_around_aegis_is_none() throws Exception {
    for (Path bad : List.of(Path.of("/"), home, home.getParent(), directory.resolve("state"))) {
      LocatedWorkspaces located = locator.locate(bad, List.of());
      assertThat(located.paths()).isEmpty();
      assertThat(located.notices()).hasSize(1);
      assertThat(located.notices().get(0)).contains("--workspace DIR");
    }
    new Git(home).run("init", "-q");
    Path below = Files.createDirectories(home.resolve("project"));
    assertThat(locate(below)).as("a repository of the whole home").isEmpty();
  }

  @Test
  void named_workspaces_replace_the_search() throws Exception {
    Path one = Files.createDirectories(home.resolve("one"));
    Path two = Files.createDirectories(home.resolve("two"));
    assertThat(locate(home, one, two, one)).containsExactly(one, two);
  }
}
