package dev.aegis.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A force push is refused however it is spelled; each spelling would have worked unwrapped. */
class ForcePushTests {

  private static Product product;
  private static Path remote;
  private static Path repository;

  @BeforeAll
  static void prepare() throws IOException {
    Programs.require("git");
    product = new Product().policy(SamplePolicy.TOML);
    remote = product.userHome().resolve("remote.git");
    repository = product.workspace("project");
    git("init", "-q", "--bare", "-b", "main", remote.toString());
    git("init", "-q", "-b", "main");
    git("remote", "add", "origin", remote.toString());
    git("config", "push.default", "current");
    Files.writeString(repository.resolve("Makefile"), "publish:\n\t@git push -f\n");
    git("add", ".");
    git("commit", "-qm", "theirs");
    git("push", "-q", "-u", "origin", "main");
    git("commit", "-q", "--amend", "-m", "ours, which drops theirs");
  }

  @AfterAll
  static void cleanUp() throws IOException {
    if (product != null) {
      product.close();
    }
  }

  private static String git(String... arguments) throws IOException {
    Finished finished = product.unwrapped(repository, "git", arguments);
    assertThat(finished.exitCode()).as(finished.err()).isZero();
    return finished.out();
  }

  private static String remoteHead() throws IOException {
    return git("--git-dir", remote.toString(), "rev-parse", "main");
  }

  static Stream<Arguments> spellings() {
    return Stream.of(
        Arguments.of("git", List.of("bash", "-c", "git push --force")),
        Arguments.of("git", List.of("bash", "-c", "g\"\"it push --force")),
        Arguments.of("git", List.of("env", "-i", "git", "push", "-f")),
        Arguments.of("git", List.of("bash", "-c", "env -i git push -f")),
        Arguments.of(
            "python3",
            List.of(
                "python3",
                "-c",
                "import subprocess, sys;"
                    + " sys.exit(subprocess.run(['git', 'push', '--force']).returncode)")),
        Arguments.of(
            "python3",
            List.of("python3", "-c", "import os; os.execvp('git', ['git', 'push', '-f'])")),
        Arguments.of(
            "node",
            List.of(
                "node",
                "-e",
                "const r = require('child_process').spawnSync('git', ['push', '--force'],"
                    + " {stdio: 'inherit'}); process.exit(r.status ?? 1)")),
        Arguments.of("make", List.of("make", "-s", "publish")),
        Arguments.of("xargs", List.of("bash", "-c", "echo --force | xargs git push")),
        Arguments.of("perl", List.of("perl", "-e", "exit(system('git', 'push', '-f') >> 8)")),
        Arguments.of("git", List.of("bash", "-c", "c=push; f=-f; eval \"git $c $f\"")));
  }

  @ParameterizedTest
  @MethodSource("spellings")
  void it_is_blocked_with_its_reason_and_the_remote_is_unchanged(String program, List<String> words)
      throws Exception {
    Programs.require(program);
    String before = remoteHead();
    Finished finished = product.wrap(repository, words.toArray(String[]::new)).await();
    assertThat(finished.exitCode()).isNotZero();
    assertThat(finished.err()).contains("Force push to remote is prohibited");
    assertThat(remoteHead()).isEqualTo(before);
    assertThat(product.pending()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("spellings")
  void unwrapped_it_would_have_changed_the_remote(String program, List<String> words)
      throws Exception {
    Programs.require(program);
    String before = remoteHead();
    Finished finished =
        product.unwrapped(
            repository, words.get(0), words.subList(1, words.size()).toArray(String[]::new));
    assertThat(finished.exitCode()).as(finished.err()).isZero();
    assertThat(remoteHead()).isNotEqualTo(before);
    git("--git-dir", remote.toString(), "update-ref", "refs/heads/main", before.strip());
  }
}
