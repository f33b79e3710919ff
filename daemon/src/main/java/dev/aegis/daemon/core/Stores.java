package dev.aegis.daemon.core;

import dev.aegis.daemon.audit.ChainedAuditLog;
import dev.aegis.daemon.store.ApprovalRepository;
import dev.aegis.daemon.store.GrantRepository;
import dev.aegis.daemon.store.Journal;
import dev.aegis.daemon.store.SessionRepository;

/** What is kept: the one writer, the audit log, and the tables by name. */
record Stores(
    Journal journal,
    ChainedAuditLog audit,
    ApprovalRepository approvals,
    GrantRepository grants,
    SessionRepository sessions) {}
