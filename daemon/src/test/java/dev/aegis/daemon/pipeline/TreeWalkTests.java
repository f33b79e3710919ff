package dev.aegis.daemon.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeWalkTests {

  private static final List<String> WIDE = List.of("/home/me/w", "/tmp", "/home/me");

  @Test
  void who_removes_a_tree_holds_its_directories_open() {
    Set<String> open = Set.of("/home/me/w/build", "/home/me/w/build/sub", "/dev/null");
    assertThat(TreeWalk.top("/home/me/w/build/sub/a", open, WIDE)).contains("/home/me/w/build");
    assertThat(TreeWalk.top("/home/me/w/build/a", open, WIDE)).contains("/home/me/w/build");
  }

  @Test
  void a_directory_that_happens_to_be_open_is_no_walk() {
    Set<String> open = Set.of("/home/me/w/build");
    assertThat(TreeWalk.top("/home/me/w/build/sub/a", open, WIDE)).isEmpty();
    assertThat(TreeWalk.top("/home/me/w/other/a", open, WIDE)).isEmpty();
  }

  @Test
  void no_question_is_about_a_whole_workspace_or_what_lies_above() {
    Set<String> open = Set.of("/home/me/w", "/home/me/w/build", "/home/me", "/home", "/tmp");
    assertThat(TreeWalk.top("/home/me/w/a", open, WIDE)).isEmpty();
    assertThat(TreeWalk.top("/tmp/a", open, WIDE)).isEmpty();
    assertThat(TreeWalk.top("/home/me/w/build/a", open, WIDE)).contains("/home/me/w/build");
  }

  @Test
  void a_place_that_is_merely_kept_is_no_walk(@TempDir Path directory) throws IOException {
    Path walked = Files.createDirectory(directory.toRealPath().resolve("walked"));
    Path kept = Files.createDirectory(directory.toRealPath().resolve("kept"));
    Process holder =
        new ProcessBuilder(
                "python3",
                "-c",
                """
                import os, sys
                os.open(sys.argv[1], os.O_RDONLY | os.O_DIRECTORY)
                os.open(sys.argv[2], os.O_PATH | os.O_DIRECTORY)
                print("open", flush=True)
                sys.stdin.read()
                """,
                walked.toString(),
                kept.toString())
            .start();
    try (BufferedReader said = holder.inputReader()) {
      assertThat(said.readLine()).isEqualTo("open");
      int pid = Math.toIntExact(holder.pid());
      assertThat(TreeWalk.openAbove(walked + "/file", pid)).containsExactly(walked.toString());
      assertThat(TreeWalk.openAbove(kept + "/file", pid)).isEmpty();
    } finally {
      holder.destroy();
    }
  }
}
