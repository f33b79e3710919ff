package dev.aegis.daemon.approvals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aegis.daemon.audit.AuditEvent;
import dev.aegis.daemon.audit.Testimony;
import dev.aegis.daemon.store.GrantRow;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What an earlier daemon left in force, as the audit log attests it: the grants, and a pause.
 *
 * <p>Each daemon writes it down when it takes it up, so that the next one need only read from
 * there. When rows since then are missing or were changed, nothing is in force but a pause.
 *
 * @param grants in force, by number
 * @param paused the pause in force
 */
record Inheritance(Map<Long, Granted> grants, Optional<PauseDesk.Paused> paused) {

  /** The kinds of lines from which it is told. */
  static final Set<String> KINDS =
      Set.of(
          AuditLines.Kind.TAKEN_UP.word(),
          AuditLines.Kind.GRANT_GIVEN.word(),
          AuditLines.Kind.GRANT_REVOKED.word(),
          AuditLines.Kind.GRANTS_ENDED.word(),
          AuditLines.Kind.PAUSED.word(),
          AuditLines.Kind.RESUMED.word());

  private static final String DISTRUST = "aegis, since others have changed the audit log";

  Inheritance {
    grants = Map.copyOf(grants);
  }

  /**
   * A grant as the log knows it.
   *
   * @param session in which it holds; empty when it holds always
   */
  record Granted(String session, String seal) {}

  /** Nothing can be believed: every session is held until an admin has looked. */
  static Inheritance distrusted(Instant now) {
    return new Inheritance(Map.of(), Optional.of(new PauseDesk.Paused(DISTRUST, now)));
  }

  /** Follow the log, in order. */
  static Inheritance of(List<Testimony.Line> lines) {
    Map<Long, Granted> grants = new LinkedHashMap<>();
    Optional<PauseDesk.Paused> paused = Optional.empty();
    for (Testimony.Line line : lines) {
      JsonNode detail = line.detail();
      switch (AuditLines.Kind.of(line.kind())) {
        case TAKEN_UP -> {
          grants.clear();
          detail.path("grants").forEach(one -> put(grants, one.path("session").asText(), one));
          paused = taken(detail.path("paused"));
        }
        case GRANT_GIVEN -> put(grants, line.session(), detail);
        case GRANT_REVOKED -> grants.remove(detail.path("id").asLong());
        case GRANTS_ENDED -> grants.values().removeIf(one -> one.session().equals(line.session()));
        case PAUSED -> paused = isDone(line) ? Optional.of(paused(line)) : paused;
        case RESUMED -> paused = isDone(line) ? Optional.empty() : paused;
        default -> throw new IllegalArgumentException("tells nothing of this: " + line.kind());
      }
    }
    return new Inheritance(grants, paused);
  }

  private static void put(Map<Long, Granted> grants, String session, JsonNode grant) {
    grants.put(
        grant.path("id").asLong(), new Granted(session, grant.path(AuditLines.SEAL).asText()));
  }

  private static boolean isDone(Testimony.Line line) {
    return line.detail().path("done").asBoolean();
  }

  private static PauseDesk.Paused paused(Testimony.Line line) {
    return new PauseDesk.Paused(line.detail().path("name").asText(), line.at());
  }

  private static Optional<PauseDesk.Paused> taken(JsonNode paused) {
    return paused.isMissingNode()
        ? Optional.empty()
        : Optional.of(
            new PauseDesk.Paused(
                paused.path("by").asText(), Instant.ofEpochMilli(paused.path("at").asLong())));
  }

  /** Tell whether a row is a grant in force, as it was given. */
  boolean attests(GrantRow row) {
    Granted granted = grants.get(row.id());
    return granted != null && granted.seal().equals(Seal.of(row));
  }

  /** Return what is left of it when only some sessions go on. */
  Inheritance ofSessions(Set<String> alive) {
    return new Inheritance(
        grants.entrySet().stream()
            .filter(
                one ->
                    one.getValue().session().isEmpty() || alive.contains(one.getValue().session()))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)),
        paused);
  }

  /** Write it down for the next daemon. */
  AuditEvent line(boolean trusted, Instant at) {
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("log_is_whole", trusted);
    detail.put(
        "grants",
        grants.entrySet().stream()
            .map(
                one ->
                    Map.of(
                        "id",
                        one.getKey(),
                        "session",
                        one.getValue().session(),
                        AuditLines.SEAL,
                        one.getValue().seal()))
            .toList());
    paused.ifPresent(
        pause -> detail.put("paused", Map.of("by", pause.by(), "at", pause.at().toEpochMilli())));
    return new AuditEvent(at, AuditLines.Kind.TAKEN_UP.word(), "", detail);
  }
}
