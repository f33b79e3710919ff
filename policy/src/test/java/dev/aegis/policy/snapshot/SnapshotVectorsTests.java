package dev.aegis.policy.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.operation.OperationKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * A snapshot and what it answers, as the tests of the native core read them, too. Written anew by
 * {@code -Daegis.write.vectors=FILE}.
 */
class SnapshotVectorsTests {
  private static final int NUMBER = 0xAE615;
  private static final String[] PIECES = {
    "/w", "/home/é", "/", "a", ".env", "git", "/.git/", "hooks", "é", "\u00ff", "x", ".c", "/tmp",
    "\n"
  };

  @Test
  void the_vectors_are_what_the_compiler_makes() throws TooLargeException, IOException {
    List<String> lines = lines(snapshot());
    String file = System.getProperty("aegis.write.vectors");
    if (file != null) {
      Files.writeString(Path.of(file), String.join("\n", lines) + "\n");
    }
    assertThat(stored()).isEqualTo(lines);
  }

  private static Snapshot snapshot() throws TooLargeException {
    PathPattern name =
        PathPattern.optional(PathPattern.then(PathPattern.ANYTHING, PathPattern.text("/")));
    List<PathPattern> patterns =
        List.of(
            PathPattern.then(name, PathPattern.text(".env")),
            PathPattern.within("/w"),
            PathPattern.within("/home/é"),
            PathPattern.then(PathPattern.ANYTHING, PathPattern.text(".c")),
            PathPattern.then(name, PathPattern.text(".git/hooks"), PathPattern.ANYTHING));
    BitSet unclear = new BitSet();
    unclear.set(0);
    Map<OperationKind, Automaton> automata = new EnumMap<>(OperationKind.class);
    automata.put(
        OperationKind.READ_FILE,
        Determinizer.build(
            patterns, unclear, (matched, example) -> matched.get(3) ? 1 : matched.get(2) ? 0 : 3));
    unclear.set(4);
    automata.put(
        OperationKind.WRITE_FILE,
        Determinizer.build(
            patterns, unclear, (matched, example) -> matched.get(1) || matched.get(2) ? 3 : 0));
    return new Snapshot(automata);
  }

  private static List<String> lines(Snapshot snapshot) {
    List<String> lines = new ArrayList<>();
    lines.add("# number, file; then kind, path, answer. Bytes in hexadecimal.");
    lines.add(NUMBER + "\t" + HexFormat.of().formatHex(snapshot.file(NUMBER).array()));
    Random random = new Random(3);
    OperationKind[] kinds = {
      OperationKind.READ_FILE, OperationKind.WRITE_FILE, OperationKind.DELETE_FILE
    };
    for (int i = 0; i < 300; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(6); n >= 0; n--) {
        text.append(PIECES[random.nextInt(PIECES.length)]);
      }
      // Half of them are not UTF-8, which paths need not be.
      byte[] path =
          text.toString()
              .getBytes(i % 2 == 0 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
      OperationKind kind = kinds[i % kinds.length];
      lines.add(
          kind.code() + "\t" + HexFormat.of().formatHex(path) + "\t" + snapshot.answer(kind, path));
    }
    return lines;
  }

  private static List<String> stored() {
    try (var in = SnapshotVectorsTests.class.getResourceAsStream("vectors.txt")) {
      return in == null
          ? List.of()
          : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
