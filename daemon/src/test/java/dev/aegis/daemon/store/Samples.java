package dev.aegis.daemon.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Rows for tests. */
final class Samples {

  static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

  private Samples() {}

  static ApprovalRow approval(String command) {
    return new ApprovalRow(
        0,
        ApprovalState.PENDING,
        "s1",
        "claude",
        "execute",
        command,
        "/usr/bin/rm",
        "/w",
        List.of("file.delete.recursive"),
        "ask-deletes",
        60,
        "3 files",
        "libc",
        42,
        4711,
        "rm -rf",
        "{\"inode\":1}",
        "{\"plan\":[\"" + command + "\"]}",
        NOON,
        NOON.plusSeconds(300),
        Optional.empty(),
        Optional.empty());
  }

  static ApprovalRow.Decided decided(ApprovalState state, String by) {
    return new ApprovalRow.Decided(
        state,
        NOON.plusSeconds(5),
        by,
        "cli",
        state == ApprovalState.APPROVED ? "once" : "",
        Optional.empty(),
        "why not");
  }
}
