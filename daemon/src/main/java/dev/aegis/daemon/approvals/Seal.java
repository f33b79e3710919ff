package dev.aegis.daemon.approvals;

import dev.aegis.daemon.store.ApprovalRow;
import dev.aegis.daemon.store.GrantRow;
import dev.aegis.daemon.store.ProcessKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The hash of everything in a row that matters later. It stands in the audit log, whose key only
 * the daemon uses: a row that somebody else wrote or changed has another one.
 */
final class Seal {

  private Seal() {}

  /** Seal a question as it was put, and how it was decided when it was. */
  static String of(ApprovalRow row, DeadlineRepository.Deadline deadline) {
    List<Object> parts =
        new ArrayList<>(
            Arrays.asList(
                row.id(),
                row.session(),
                row.wrapped(),
                row.tool(),
                row.command(),
                row.path(),
                row.cwd(),
                row.categories(),
                row.rule(),
                row.risk(),
                row.blastRadius(),
                row.coverage(),
                row.pid(),
                row.startTicks(),
                row.shape(),
                row.binding(),
                row.detail(),
                row.requestedAt().toEpochMilli(),
                row.expiresAt().toEpochMilli(),
                deadline.boot(),
                deadline.nanos()));
    row.decision()
        .ifPresent(
            decided ->
                parts.addAll(
                    Arrays.asList(
                        decided.state().label(),
                        decided.at().toEpochMilli(),
                        decided.by(),
                        decided.channel(),
                        decided.scope(),
                        millis(decided.until()),
                        decided.reason())));
    return hash(parts);
  }

  /** Seal a grant; neither its number nor its end belong to it. */
  static String of(GrantRow row) {
    return hash(
        Arrays.asList(
            row.approval(),
            row.session(),
            row.scope(),
            row.shape(),
            row.root().map(ProcessKey::pid).orElse(0),
            row.root().map(ProcessKey::startTicks).orElse(0L),
            row.detail(),
            row.grantedAt().toEpochMilli(),
            millis(row.expiresAt()),
            row.boot(),
            row.deadlineNanos(),
            row.wrapped()));
  }

  private static long millis(Optional<Instant> time) {
    return time.map(Instant::toEpochMilli).orElse(0L);
  }

  /* As JSON, so that no two lists of parts are one text. */
  private static String hash(List<Object> parts) {
    try {
      byte[] text = StoredDetail.write(parts).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
