package dev.aegis.measure;

import dev.aegis.operation.OperationKind;
import dev.aegis.policy.PolicyEngine;
import dev.aegis.policy.rules.ImaginarySurroundings;
import dev.aegis.policy.rules.PolicyLoader;
import dev.aegis.policy.snapshot.Snapshot;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The snapshot of the default profile as a file, for the native side to measure its look-up in. */
public final class SnapshotFile {
  private static final int NUMBER = 1;

  private SnapshotFile() {}

  /**
   * Write it.
   *
   * @param args the file, made or replaced
   */
  public static void main(String[] args) throws IOException {
    PolicyEngine engine = PolicyLoader.load(List.of()).engine().orElseThrow();
    long start = processorTime();
    Snapshot snapshot = engine.snapshot(ImaginarySurroundings.acting());
    long took = processorTime() - start;
    try (FileChannel file =
        FileChannel.open(
            Path.of(args[0]),
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      long unused = file.write(snapshot.file(NUMBER));
    }
    System.out.printf(
        "snapshot: %d bytes, %d states, compiled in %d ms of CPU in a fresh JVM%n",
        snapshot.bytes(),
        Arrays.stream(OperationKind.values()).mapToInt(snapshot::states).sum(),
        TimeUnit.NANOSECONDS.toMillis(took));
  }

  private static long processorTime() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
