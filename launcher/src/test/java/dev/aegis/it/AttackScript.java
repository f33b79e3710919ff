package dev.aegis.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A shell script of attacks, one after the other, and the reader of what it printed. */
final class AttackScript {

  private static final Pattern BLOCK =
      Pattern.compile("^<<<<(.*?)\\n(.*?)^>>>>(\\d+)$", Pattern.DOTALL | Pattern.MULTILINE);

  private AttackScript() {}

  /** Write the script and what it needs into a directory; return the script. */
  static Path write(Path directory, Map<String, Object> variables, List<Attack> attacks)
      throws IOException {
    helper(directory, "raw.py");
    helper(directory, "forge.py");
    StringBuilder script = new StringBuilder();
    variables.forEach((name, value) -> script.append("export %s='%s'%n".formatted(name, value)));
    script.append(
        """
        export S=$PPID
        export L=$(sed -n 's/^PPid:\\t//p' /proc/$S/status)
        attack() {
          echo "<<<<$1"
          timeout -k 1 20 bash -c "$2" 2>&1 < /dev/null | tr -d '\\0' | tail -c 4000
          status=${PIPESTATUS[0]}
          echo
          echo ">>>>$status"
        }
        """);
    for (Attack attack : attacks) {
      script.append("attack %s %s%n".formatted(quoted(attack.name()), quoted(attack.line())));
    }
    return Files.writeString(directory.resolve("attacks.sh"), script);
  }

  /** Write a program of the attacker into a directory. */
  static Path helper(Path directory, String name) throws IOException {
    return helper(directory, "", name);
  }

  /** Write a file that lies in a directory of the attacker's into another. */
  static Path helper(Path directory, String from, String name) throws IOException {
    try (InputStream bytes =
        AttackScript.class.getResourceAsStream(from.isEmpty() ? name : from + "/" + name)) {
      return Files.write(directory.resolve(name), bytes.readAllBytes());
    }
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }

  /** Return what each attack printed, by its name. */
  static Map<String, String> results(Running script) {
    try {
      Map<String, String> results = new HashMap<>();
      Matcher blocks = BLOCK.matcher(script.out());
      while (blocks.find()) {
        results.put(blocks.group(1), blocks.group(2));
      }
      return results;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
