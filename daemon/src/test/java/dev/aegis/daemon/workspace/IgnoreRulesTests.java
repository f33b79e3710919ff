package dev.aegis.daemon.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IgnoreRulesTests {

  private static final String PATTERNS =
      """
      # comment
      *.o
      !keep.o
      /rooted
      build/
      docs/*.html
      **/logs
      logs/**/debug
      a/**/z
      trailing\\
      \\#hash
      \\!bang
      [abc]x
      [!abc]y
      file?.txt
      deep/**
      *~
      foo.*.bar
      """;

  private static final List<String> PATHS =
      List.of(
          "main.o",
          "keep.o",
          "sub/main.o",
          "sub/keep.o",
          "rooted",
          "sub/rooted",
          "build/x",
          "sub/build/y",
          "docs/a.html",
          "docs/sub/a.html",
          "logs/x",
          "sub/logs/y",
          "logs/one/two/debug",
          "a/z",
          "a/b/z",
          "a/b/c/z",
          "a/y",
          "trailing ",
          "trailing",
          "#hash",
          "!bang",
          "ax",
          "dx",
          "ay",
          "dy",
          "file1.txt",
          "file12.txt",
          "deep/er/file",
          "back~",
          "foo.1.bar",
          "foo.bar",
          "nested/own",
          "nested/not-own",
          "excluded-by-info",
          "plain");

  @TempDir Path directory;

  @Test
  void we_ignore_what_git_ignores() throws Exception {
    Path tree = directory.toRealPath();
    Git git = new Git(tree);
    git.run("init", "-q");
    Files.writeString(tree.resolve(".gitignore"), PATTERNS);
    for (String path : PATHS) {
      Path file = tree.resolve(path);
      Files.createDirectories(file.getParent());
      Files.writeString(file, "x");
    }
    Files.writeString(tree.resolve("nested/.gitignore"), "own\n!x.o\n*.o\n");
    Files.writeString(tree.resolve(".git/info/exclude"), "excluded-by-info\n");

    IgnoreRules rules = IgnoreRules.read(GitDirectory.of(tree).orElseThrow());
    List<String> ours = new ArrayList<>();
    List<String> gits = new ArrayList<>();
    for (String path : PATHS) {
      if (rules.ignores(tree.resolve(path), false)) {
        ours.add(path);
      }
      if (!git.run("check-ignore", "--no-index", path).isEmpty()) {
        gits.add(path);
      }
    }
    assertThat(gits).contains("main.o", "a/b/z").doesNotContain("keep.o", "plain");
    assertThat(ours).isEqualTo(gits);
  }

  @Test
  void a_later_edit_of_an_ignore_file_changes_nothing() throws Exception {
    Path tree = directory.toRealPath();
    new Git(tree).run("init", "-q");
    IgnoreRules rules = IgnoreRules.read(GitDirectory.of(tree).orElseThrow());
    Files.writeString(tree.resolve(".gitignore"), "*\n");
    assertThat(rules.ignores(tree.resolve("precious"), false)).isFalse();
  }
}
