package dev.aegis.daemon.api;

import dev.aegis.config.Role;
import dev.aegis.daemon.approvals.Answerer;
import dev.aegis.daemon.approvals.ApprovalDesk;
import dev.aegis.daemon.approvals.GrantDesk;
import dev.aegis.daemon.approvals.PauseDesk;
import dev.aegis.daemon.audit.AuditReader;
import dev.aegis.daemon.audit.AuditVerifier;
import dev.aegis.daemon.intercept.Sessions;
import dev.aegis.daemon.policy.CurrentPolicy;
import java.util.List;

/**
 * What the calls of the control socket act on.
 *
 * @param localRole what whoever can reach the socket may do
 */
public record ControlCalls(
    DaemonFacts facts,
    Sessions sessions,
    ApprovalDesk desk,
    GrantDesk grants,
    PauseDesk pause,
    CurrentPolicy policy,
    AuditVerifier verifier,
    AuditReader auditReader,
    StatusReport status,
    SessionLogLevels logLevels,
    Role localRole,
    Runnable stop) {

  CallTable table() {
    return new CallTable(
        List.of(
            new DaemonCalls(facts, sessions, status, stop).table(),
            new SessionCalls(sessions, policy, logLevels).table(),
            new ApprovalCalls(desk, user()).table(),
            new GrantCalls(grants, user()).table(),
            new PauseCalls(pause, user()).table(),
            new AuditCalls(verifier, auditReader).table()));
  }

  private Answerer user() {
    return Answerer.local(facts.user(), localRole);
  }
}
