package dev.aegis.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the object is decides, not the name it is reached by, nor the program that reads it. */
class SecretReadTests {

  private static final String SECRET = "TOKEN=not-for-agents";

  private static final String LINKS_ARE_ALLOWED =
      """

      [[policy.rules]]
      name = "links-are-allowed"
      match = { tool = "write_file", path_pattern = ".*/plain" }
      action = "allow"
      priority = 40
      """;

  private static Product product;
  private static int workspaces;
  private Path workspace;

  @BeforeAll
  static void start() throws IOException {
    product = new Product().policy(SamplePolicy.TOML + LINKS_ARE_ALLOWED);
  }

  @BeforeEach
  void prepare() throws IOException {
    workspace = product.workspace("project-" + workspaces++);
    Files.writeString(workspace.resolve(".env"), SECRET + "\n");
    Files.writeString(workspace.resolve("README.md"), "read me\n");
    Files.createDirectory(workspace.resolve("sub"));
    Files.createSymbolicLink(workspace.resolve("notes.txt"), Path.of(".env"));
    Files.writeString(
        workspace.resolve("Cat.java"),
        """
        class Cat {
          public static void main(String[] names) throws Exception {
            System.out.print(java.nio.file.Files.readString(java.nio.file.Path.of(names[0])));
          }
        }
        """);
  }

  @AfterAll
  static void cleanUp() throws IOException {
    product.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cat .env",
        "cat notes.txt",
        "cat sub/../.env",
        "cat /proc/self/root$PWD/.env",
        "cat /proc/self/cwd/.env",
        "cat < .env",
        "mv .env plain && cat plain",
        "ln .env plain && cat plain",
        "ln -s .env plain && cat plain",
        "cp .env plain && cat plain",
        "cd sub && cat ../.env",
        "head -c 100 .env",
        "tac .env",
        "dd if=.env status=none",
        "grep -r TOKEN ."
      })
  void a_secret_is_refused_by_whatever_name(String line) throws Exception {
    Finished finished = product.wrap(workspace, "--timeout", "2", "bash", "-c", line).await();
    assertThat(finished.out()).doesNotContain(SECRET);
    assertThat(finished.err()).doesNotContain(SECRET).contains("Secret file access blocked");
    assertThat(finished.exitCode()).isNotZero();
    assertThat(workspace.resolve(".env")).hasContent(SECRET);
  }

  static Stream<Arguments> readers() {
    return Stream.of(
        Arguments.of("cat", "cat %s"),
        Arguments.of("python3", "python3 -c 'import sys; print(open(sys.argv[1]).read())' %s"),
        Arguments.of(
            "python3",
            "python3 -c 'import os, sys; print(os.read(os.open(sys.argv[1], 0), 99))' %s"),
        Arguments.of("node", "node -e 'process.stdout.write(fs.readFileSync(process.argv[1]))' %s"),
        Arguments.of(
            "node", "node -e 'fs.promises.readFile(process.argv[1]).then(console.log)' %s"),
        Arguments.of("perl", "perl -e 'open(my $file, q(<), shift) or die $!; print <$file>' %s"),
        Arguments.of("java", "java -XX:-UsePerfData Cat.java %s"));
  }

  @ParameterizedTest
  @MethodSource("readers")
  void a_secret_is_refused_to_whatever_program(String program, String line) throws Exception {
    Programs.require(program);
    Finished finished =
        product
            .wrap(workspace, "--timeout", "5", "bash", "-c", line.formatted(".env") + "; exit $?")
            .await();
    assertThat(finished.out()).doesNotContain(SECRET);
    assertThat(finished.err()).doesNotContain(SECRET);
    assertThat(finished.exitCode()).isNotZero();
    assertThat(finished.err()).contains("Secret file access blocked");
  }

  @ParameterizedTest
  @MethodSource("readers")
  void what_is_no_secret_can_be_read(String program, String line) throws Exception {
    Programs.require(program);
    Finished finished =
        product
            .wrap(workspace, "--timeout", "5", "bash", "-c", line.formatted("README.md"))
            .await();
    assertThat(finished.exitCode()).as(finished.err()).isZero();
    assertThat(finished.out()).isNotEmpty();
    assertThat(product.pending()).isEmpty();
  }
}
