package dev.aegis.daemon.core;

import dev.aegis.daemon.audit.ChainedAuditLog;
import dev.aegis.daemon.audit.Testimony;
import dev.aegis.daemon.store.ApprovalRepository;
import dev.aegis.daemon.store.GrantRepository;
import dev.aegis.daemon.store.Journal;
import dev.aegis.daemon.store.Queries;
import dev.aegis.daemon.store.SessionRepository;

/**
 * What is kept: the one writer, the audit log and what it attests, the tables by name, and the
 * readers.
 */
record Stores(
    Journal journal,
    ChainedAuditLog audit,
    Testimony testimony,
    ApprovalRepository approvals,
    GrantRepository grants,
    SessionRepository sessions,
    Queries queries) {}
