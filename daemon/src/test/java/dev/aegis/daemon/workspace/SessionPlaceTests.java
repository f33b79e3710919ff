package dev.aegis.daemon.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.daemon.approvals.BlastRadius;
import dev.aegis.daemon.kernel.KernelFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionPlaceTests {

  @TempDir Path directory;
  private Path tree;
  private Git git;

  @BeforeEach
  void make_a_repository() throws Exception {
    tree = Files.createDirectory(directory.toRealPath().resolve("tree"));
    git = new Git(tree);
    git.run("init", "-q");
    write(".gitignore", "build/\n.env\n*.o\n");
    write("src/main.c", "int main;");
    write("dist/tracked.js", "1");
    git.run("add", "-A");
    git.run("commit", "-q", "-m", "m");
    write("build/out", "binary");
    write("node_modules/a/index.js", "x");
    write(".env", "KEY=1");
    write("src/main.o", "o");
    write("notes", "mine");
  }

  private Path write(String name, String text) throws Exception {
    Path file = tree.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private SessionPlace place() {
    return new SessionPlace(List.of(tree));
  }

  private boolean regenerable(SessionPlace place, String name) {
    return place.regenerable(tree.resolve(name).toString());
  }

  @Test
  void builds_can_be_made_again_and_nothing_else() {
    SessionPlace place = place();
    assertThat(regenerable(place, "build")).isTrue();
    assertThat(regenerable(place, "build/out")).isTrue();
    assertThat(regenerable(place, "node_modules/a")).as("untracked and well known").isTrue();
    assertThat(regenerable(place, "src/main.o")).as("ignored and compiled").isTrue();
    assertThat(regenerable(place, ".env")).as("ignored, and unique").isFalse();
    assertThat(regenerable(place, "dist")).as("tracked").isFalse();
    assertThat(regenerable(place, "src")).isFalse();
    assertThat(regenerable(place, "notes")).isFalse();
    assertThat(regenerable(place, "")).isFalse();
    assertThat(place.regenerable(directory.resolve("build").toString())).isFalse();
  }

  @Test
  void what_was_moved_into_a_build_is_not_made_again() {
    SessionPlace place = place();
    place.mayMove(tree.resolve("notes").toString(), tree.resolve("build/notes").toString());
    assertThat(regenerable(place, "build")).isFalse();
    assertThat(regenerable(place, "build/notes")).isFalse();
    assertThat(regenerable(place, "node_modules/a")).isTrue();
  }

  @Test
  void what_was_renamed_to_a_builds_name_is_not_made_again() throws Exception {
    Path precious = write("precious/file", "x").getParent();
    SessionPlace place = place();
    place.mayMove(precious.toString(), tree.resolve("out").toString());
    Files.move(precious, tree.resolve("out"));
    assertThat(regenerable(place, "out")).isFalse();
  }

  @Test
  void the_session_owns_what_it_made_wherever_it_goes() throws Exception {
    SessionPlace place = place();
    Path temporary = tree.resolve("data.tmp");
    place.mayCreate(temporary.toString(), Instant.now());
    Files.writeString(temporary, "x");
    Path last = tree.resolve("data");
    place.mayMove(temporary.toString(), last.toString());
    Files.move(temporary, last);
    assertThat(place.made(KernelFiles.identify(last.toString()).orElseThrow())).isTrue();
  }

  @Test
  void an_older_object_is_never_the_sessions() throws Exception {
    SessionPlace place = place();
    Path notes = tree.resolve("notes");
    place.mayCreate(notes.toString(), Instant.now().plusSeconds(1));
    assertThat(place.made(KernelFiles.identify(notes.toString()).orElseThrow())).isFalse();
  }

  @Test
  void a_directory_of_the_session_that_took_in_foreign_things_is_no_longer_its_own()
      throws Exception {
    SessionPlace place = place();
    Path made = tree.resolve("made");
    place.mayCreate(made.toString(), Instant.now());
    Files.createDirectory(made);
    assertThat(place.made(KernelFiles.identify(made.toString()).orElseThrow())).isTrue();
    place.mayMove(tree.resolve("notes").toString(), made.resolve("notes").toString());
    assertThat(place.made(KernelFiles.identify(made.toString()).orElseThrow())).isFalse();
  }

  @Test
  void the_blast_radius_counts_files_bytes_and_what_git_lacks() {
    BlastRadius radius =
        place().count(List.of(tree.resolve("src").toString(), tree.resolve("notes").toString()));
    assertThat(radius).isEqualTo(new BlastRadius(3, 14, 2, 0, true));
  }

  @Test
  void counting_ends() throws Exception {
    for (int i = 0; i < 30; i++) {
      Path many = Files.createDirectories(tree.resolve("many/" + i));
      for (int j = 0; j < 100; j++) {
        Files.createFile(many.resolve("f" + j));
      }
    }
    BlastRadius radius = place().count(List.of(tree.resolve("many").toString()));
    assertThat(radius.files()).isEqualTo(3_000);
    assertThat(radius.notInGit()).isEqualTo(3_000);
    assertThat(place().count(List.of("/proc")).complete()).isFalse();
  }
}
