package dev.aegis.measure;

import dev.aegis.operation.Coverage;
import dev.aegis.operation.FileIdentity;
import dev.aegis.operation.Operation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Command lines as the kernel would see them start. */
final class Commands {
  private static final FileIdentity PROGRAM =
      new FileIdentity(1, 2, 3, Instant.EPOCH, Instant.EPOCH, 0100755, 1, 0, 0);

  private Commands() {}

  /** Give a text to a shell. */
  static Operation shell(String text) {
    return program(List.of("bash", "-c", text));
  }

  /** Start a program of {@code /usr/bin}. */
  static Operation program(List<String> argv) {
    return new Operation.Execute(
        "/usr/bin/" + argv.get(0),
        Optional.empty(),
        argv,
        Nowhere.WORKSPACE,
        List.of(),
        PROGRAM,
        Coverage.LIBC,
        0,
        false);
  }
}
