package dev.aegis.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A wrapped shell, a phone, and three answers: yes, no, and none. What the phone shows stands in
 * docs/approval-lifecycle.md; {@code -Daegis.story.write=true} writes it there.
 */
class PhoneStoryTests {

  private static final Path PAGE = Path.of("..", "docs", "approval-lifecycle.md");
  private static final String BEGIN = "<!-- the story: written by PhoneStoryTests -->\n";
  private static final String END = "<!-- the end of the story -->\n";
  private static final String POLICY =
      """
      [policy]
      extends = "standard"
      """;
  private static final String WORK =
      """
      git push --force origin main
      rm -rf measurements
      echo "rm ended with $?"
      """;

  @TempDir private Path scratch;
  private final List<String> story = new ArrayList<>();

  @Test
  void one_is_approved_one_denied_with_a_reason_and_one_expires() throws Exception {
    Programs.require("git");
    try (FakeBot bot = new FakeBot();
        Product product = new Product().policy(POLICY)) {
      config(product, bot);
      Path remote = scratch.resolve("remote.git");
      Path project = project(product, remote);
      String theirs = head(product, remote);

      Running shell = wrap(product, project, List.of(), WORK);
      approveThePush(bot);
      denyTheDeletion(bot);
      Finished finished = shell.await();
      assertThat(head(product, remote)).isNotEqualTo(theirs);
      assertThat(finished.out()).contains("rm ended with 126");
      assertThat(finished.err()).contains("denied by Ana (id 7): these took a week, leave them");
      assertThat(project.resolve("measurements")).exists();
      told("And the shell reads, on its standard error:", denial(finished.err()));

      Running later = wrap(product, project, List.of("--timeout", "8"), "rm -rf notes\n");
      letExpire(bot);
      Finished expired = later.await();
      assertThat(expired.exitCode()).isEqualTo(126);
      assertThat(expired.err()).contains("nobody answered within 8 s");
      assertThat(project.resolve("notes")).exists();

      assertThat(product.aegis("audit", "verify").exitCode()).isZero();
      compare(product);
    }
  }

  private static void config(Product product, FakeBot bot) throws IOException {
    Path config = Files.writeString(product.home().resolve("config.toml"), bot.toml(60));
    Files.setPosixFilePermissions(
        config, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
  }

  /** A repository whose remote has a commit that a force push drops, and work that is in no git. */
  private static Path project(Product product, Path remote) throws IOException {
    Path project = product.workspace("project");
    git(product, project, "init", "-q", "--bare", "-b", "main", remote.toString());
    git(product, project, "init", "-q", "-b", "main");
    git(product, project, "remote", "add", "origin", remote.toString());
    git(product, project, "commit", "-q", "--allow-empty", "-m", "begin");
    git(product, project, "commit", "-q", "--allow-empty", "-m", "theirs");
    git(product, project, "push", "-q", "-u", "origin", "main");
    git(product, project, "commit", "-q", "--amend", "--allow-empty", "-m", "ours");
    for (String directory : List.of("measurements", "notes")) {
      Path made = Files.createDirectory(project.resolve(directory));
      for (int i = 1; i <= 12; i++) {
        Files.writeString(made.resolve("day-" + i + ".csv"), "time,value\n".repeat(100));
      }
    }
    return project;
  }

  private static void git(Product product, Path directory, String... words) throws IOException {
    Finished finished = product.unwrapped(directory, "git", words);
    assertThat(finished.exitCode()).as(finished.err()).isZero();
  }

  private static String head(Product product, Path remote) throws IOException {
    return product
        .unwrapped(product.userHome(), "git", "--git-dir", remote.toString(), "rev-parse", "main")
        .out();
  }

  private static Running wrap(Product product, Path project, List<String> options, String work)
      throws IOException {
    List<String> words = new ArrayList<>(options);
    words.add("bash");
    return product.wrap(project, words.toArray(String[]::new)).input(work);
  }

  private void approveThePush(FakeBot bot) {
    FakeBot.Shown question = question(bot, "git push --force");
    shows("The shell runs `git push --force origin main`. The phone shows:", question);
    bot.tap(question, "Once");
    shows(
        "*Once* is tapped. When git really goes on, the message becomes:",
        becomes(bot, question, text -> text.contains("\u2705")));
  }

  private void denyTheDeletion(FakeBot bot) {
    FakeBot.Shown question = question(bot, "rm -rf measurements");
    shows("Then the shell runs `rm -rf measurements`:", question);
    bot.tap(question, "Deny");
    FakeBot.Shown why = bot.awaitShown(one -> one.text().contains("Why?"));
    shows("*Deny* is tapped. Nobody can approve any more, and a message asks:", why);
    bot.reply(why, "these took a week, leave them");
    shows(
        "The reply *these took a week, leave them* ends it:",
        becomes(bot, question, text -> text.contains("\u26d4") && text.contains("a week")));
  }

  private void letExpire(FakeBot bot) {
    FakeBot.Shown question = question(bot, "rm -rf notes");
    shows("Later, in a session with `--timeout 8`, nobody looks at the phone:", question);
    shows("After eight seconds:", becomes(bot, question, text -> text.contains("\u231b")));
  }

  private static FakeBot.Shown question(FakeBot bot, String command) {
    return bot.awaitShown(one -> one.text().contains(command) && !one.buttons().isEmpty());
  }

  private static FakeBot.Shown becomes(FakeBot bot, FakeBot.Shown message, Predicate<String> text) {
    return bot.awaitShown(one -> one.number() == message.number() && text.test(one.text()));
  }

  private void shows(String what, FakeBot.Shown message) {
    StringBuilder text = new StringBuilder(visible(message.text()).strip());
    for (JsonNode row : message.buttons()) {
      text.append('\n');
      row.forEach(button -> text.append("[ ").append(button.path("text").asText()).append(" ] "));
    }
    told(what, text.toString());
  }

  private void told(String what, String text) {
    story.add(what + "\n\n```text\n" + text.strip().replaceAll(" +\n", "\n") + "\n```\n");
  }

  private static String denial(String err) {
    return err.lines()
        .filter(line -> line.contains("denied by"))
        .findFirst()
        .orElseThrow(() -> new AssertionError(err));
  }

  /* As a client shows it: without the markup. */
  private static String visible(String html) {
    return html.replaceAll("<[^>]*>", "")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&");
  }

  /* What differs from run to run and from machine to machine. */
  private static String settled(String text, Product product) {
    return text.replace(product.userHome().toString(), "/home/ana")
        .replaceAll("(session )\\S+( \u00b7 )\\S+", "$1calm-otter$2laptop")
        .replaceAll("\\d+ min left \\(until [0-9:]{8}\\)", "5 min left (until 12:05:00)")
        .replaceAll("\\d+ s left \\(until [0-9:]{8}\\)", "8 s left (until 12:34:56)")
        .replaceAll("after \\d+ (?:s|min)", "after 4 s");
  }

  private void compare(Product product) throws IOException {
    String page = Files.readString(PAGE);
    int begin = page.indexOf(BEGIN) + BEGIN.length();
    int end = page.indexOf(END);
    assertThat(begin).as("%s has the mark %s", PAGE, BEGIN).isGreaterThanOrEqualTo(BEGIN.length());
    assertThat(end).as("%s has the mark %s", PAGE, END).isGreaterThan(0);
    String told = "\n" + settled(String.join("\n", story), product) + "\n";
    if (Boolean.getBoolean("aegis.story.write")) {
      Files.writeString(PAGE, page.substring(0, begin) + told + page.substring(end));
      return;
    }
    assertThat(page.substring(begin, end))
        .as("%s tells it as it is; -Daegis.story.write=true writes it anew", PAGE)
        .isEqualTo(told);
  }
}
