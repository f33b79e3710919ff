package dev.aegis.launcher.audit;

import java.util.List;
import java.util.Optional;

/** A way to write rows that another program reads, one event a line. */
public interface ExportFormat {

  /** Return what stands before all rows. */
  default Optional<String> heading() {
    return Optional.empty();
  }

  /** Return the lines of one row, without their line ends. */
  List<String> lines(AuditRow row);

  /** Return what ends each line. */
  default String lineEnd() {
    return "\n";
  }
}
