package dev.aegis.daemon.pipeline;

import dev.aegis.daemon.recent.LatestEntries;
import dev.aegis.daemon.store.ProcessKey;
import dev.aegis.operation.FileIdentity;
import dev.aegis.operation.Operation;
import dev.aegis.operation.Operation.FileAccess;
import dev.aegis.operation.OperationKind;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What processes of a session have read with an approval. A program that opens the same unchanged
 * file once more learns nothing new, and many do so at once. Thread-safe.
 */
final class ReadBefore {

  private static final int MOST = 4_096;

  private record Reading(ProcessKey process, String program, FileIdentity file) {}

  private final Map<Reading, Long> approvals = LatestEntries.written(MOST);

  private static Optional<Reading> readingOf(Asking asking) {
    Operation operation = asking.operation();
    return operation instanceof FileAccess access && access.kind() == OperationKind.READ_FILE
        ? access
            .identity()
            .map(file -> new Reading(asking.process().key(), asking.process().program(), file))
        : Optional.empty();
  }

  /** Remember that people approved this, if it is a reading. */
  synchronized void approved(Asking asking, long approval) {
    readingOf(asking).ifPresent(reading -> approvals.put(reading, approval));
  }

  /** Find the approval by which the same program in the same process read the same content. */
  synchronized OptionalLong approval(Asking asking) {
    return readingOf(asking).map(approvals::get).map(OptionalLong::of).orElse(OptionalLong.empty());
  }
}
