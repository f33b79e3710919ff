package dev.aegis.daemon.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GitReaderTests {

  @TempDir Path directory;
  private Path tree;
  private Git git;

  @BeforeEach
  void make_a_repository() throws Exception {
    tree = Files.createDirectory(directory.toRealPath().resolve("tree"));
    git = new Git(tree);
    git.run("init", "-q", "-b", "main");
    for (int i = 0; i < 60; i++) {
      write("src/deep/deeper/file" + i, "content " + i);
    }
    write("README", "read me");
    Files.createSymbolicLink(tree.resolve("link"), Path.of("README"));
    write("n\u00E4me with blanks", "x");
  }

  private Path write(String name, String text) throws Exception {
    Path file = tree.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private void commit() throws Exception {
    git.run("add", "-A");
    git.run("commit", "-q", "-m", "m");
  }

  private GitReader reader() {
    return new GitReader(GitDirectory.of(tree).orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "3", "4"})
  void what_is_committed_and_unchanged_is_held(String version) throws Exception {
    commit();
    if (version.equals("3")) {
      write("later", "x");
      git.run("add", "-N", "later");
    }
    git.run("update-index", "--index-version", version);
    GitReader reader = reader();
    for (int i = 0; i < 60; i++) {
      assertThat(reader.holds(tree.resolve("src/deep/deeper/file" + i))).isTrue();
    }
    assertThat(reader.holds(tree.resolve("link"))).isTrue();
    assertThat(reader.holds(tree.resolve("n\u00E4me with blanks"))).isTrue();
    assertThat(reader.holds(tree.resolve("later"))).isFalse();
  }

  @Test
  void objects_in_packs_and_alternates_count() throws Exception {
    commit();
    git.run("gc", "-q", "--prune=now");
    assertThat(reader().holds(tree.resolve("README"))).isTrue();

    Path clone = directory.toRealPath().resolve("clone");
    git.run("clone", "-q", "--shared", tree.toString(), clone.toString());
    assertThat(new GitReader(GitDirectory.of(clone).orElseThrow()).holds(clone.resolve("README")))
        .isTrue();
  }

  @Test
  void work_trees_share_their_objects() throws Exception {
    commit();
    Path other = directory.toRealPath().resolve("other");
    git.run("worktree", "add", "-q", other.toString());
    GitDirectory found = GitDirectory.of(other).orElseThrow();
    assertThat(found.common()).isEqualTo(tree.resolve(".git"));
    assertThat(new GitReader(found).holds(other.resolve("README"))).isTrue();
  }

  @Test
  void what_git_could_not_give_back_is_not_held() throws Exception {
    commit();
    GitReader reader = reader();
    Path changed = write("README", "changed");
    assertThat(reader.holds(changed)).as("changed").isFalse();
    assertThat(reader.holds(write("new", "x"))).as("untracked").isFalse();
    Path mode = tree.resolve("src/deep/deeper/file1");
    Files.setPosixFilePermissions(mode, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThat(reader.holds(mode)).as("other mode").isFalse();
    assertThat(reader.holds(tree.resolve("src"))).as("directory").isFalse();
    assertThat(reader.holds(tree.resolve("missing"))).as("missing").isFalse();
  }

  @Test
  void an_index_without_its_object_proves_nothing() throws Exception {
    commit();
    Path file = write("only-staged", "unique content");
    git.run("add", "only-staged");
    assertThat(reader().holds(file)).isTrue();
    String blob = git.run("hash-object", "only-staged").trim();
    Files.delete(
        tree.resolve(".git/objects").resolve(blob.substring(0, 2)).resolve(blob.substring(2)));
    assertThat(reader().holds(file)).isFalse();
  }

  @Test
  void conflicts_split_indexes_and_other_hashes_are_unknown() throws Exception {
    commit();
    git.run("update-index", "--split-index");
    write("more", "x");
    git.run("add", "more");
    assertThat(reader().holds(tree.resolve("README"))).isFalse();
    assertThat(reader().tracksAnythingAt(tree.resolve("build"))).as("unknown is strict").isTrue();

    Path sha256 = Files.createDirectory(directory.toRealPath().resolve("sha256"));
    Git other = new Git(sha256);
    other.run("init", "-q", "--object-format=sha256");
    Files.writeString(sha256.resolve("a"), "a");
    other.run("add", "a");
    assertThat(new GitReader(GitDirectory.of(sha256).orElseThrow()).holds(sha256.resolve("a")))
        .isFalse();
  }

  @Test
  void what_the_repository_configures_is_never_executed() throws Exception {
    commit();
    Path proof = directory.resolve("proof");
    Path hook = Files.writeString(directory.resolve("hook"), "#!/bin/sh\ntouch " + proof + "\n");
    Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwxr-xr-x"));
    git.run("config", "core.fsmonitor", hook.toString());
    git.run("config", "filter.x.clean", hook.toString());
    write(".gitattributes", "* filter=x\n");
    assertThat(reader().holds(tree.resolve("README"))).isTrue();
    assertThat(proof).doesNotExist();
  }

  @Test
  void a_damaged_index_is_unknown_and_never_a_failure() throws Exception {
    commit();
    Path index = tree.resolve(".git/index");
    byte[] good = Files.readAllBytes(index);
    Random random = new Random(20260104);
    for (int i = 0; i < 2_000; i++) {
      byte[] bad = good.clone();
      if (i % 2 == 0) {
        bad = Arrays.copyOf(bad, random.nextInt(bad.length));
      } else {
        for (int j = 0; j < 20; j++) {
          bad[random.nextInt(bad.length)] = (byte) random.nextInt();
        }
      }
      Files.write(index, bad);
      reader().tracksAnythingAt(tree.resolve("src"));
      reader().holds(tree.resolve("README"));
    }
    Files.write(index, good);
    assertThat(reader().holds(tree.resolve("README"))).isTrue();
  }
}
