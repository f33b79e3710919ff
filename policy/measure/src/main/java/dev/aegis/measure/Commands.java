package dev.aegis.measure;

import dev.aegis.operation.Coverage;
import dev.aegis.operation.Operation;
import dev.aegis.policy.rules.ImaginarySurroundings;
import java.util.List;
import java.util.Optional;

/** Command lines as the kernel would see them start. */
final class Commands {
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
        ImaginarySurroundings.WORKSPACE,
        List.of(),
        ImaginarySurroundings.FILE,
        Coverage.LIBC,
        0,
        false);
  }
}
