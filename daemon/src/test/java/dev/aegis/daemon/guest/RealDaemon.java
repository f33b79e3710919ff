package dev.aegis.daemon.guest;

import dev.aegis.daemon.approvals.AnswerRules;
import dev.aegis.daemon.approvals.ApprovalRecords;
import dev.aegis.daemon.audit.AuditKey;
import dev.aegis.daemon.audit.ChainedAuditLog;
import dev.aegis.daemon.audit.Redactor;
import dev.aegis.daemon.audit.Testimony;
import dev.aegis.daemon.events.EventBus;
import dev.aegis.daemon.intercept.IntakeLimits;
import dev.aegis.daemon.intercept.SessionRecords;
import dev.aegis.daemon.intercept.SessionRequest;
import dev.aegis.daemon.pipeline.Pipeline;
import dev.aegis.daemon.pipeline.Whereabouts;
import dev.aegis.daemon.policy.SessionPolicies;
import dev.aegis.daemon.store.ApprovalRepository;
import dev.aegis.daemon.store.Database;
import dev.aegis.daemon.store.GrantRepository;
import dev.aegis.daemon.store.SessionRepository;
import dev.aegis.daemon.store.SqliteJournal;
import dev.aegis.daemon.store.StoreException;
import dev.aegis.operation.Floor;
import dev.aegis.operation.Supervision;
import dev.aegis.policy.PolicyEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A daemon's supervising part with a real database, below one directory. */
final class RealDaemon implements AutoCloseable {

  private final Path root;
  private final Database database;
  private final SqliteJournal journal;
  private final Pipeline pipeline;

  RealDaemon(Path root, Duration timeout, Supplier<PolicyEngine> policy)
      throws IOException, StoreException {
    this.root = root;
    for (String directory : List.of("home", "run", "aegis", "work")) {
      Files.createDirectories(root.resolve(directory));
    }
    database = Database.open(root.resolve("aegis/aegis.db"));
    journal = SqliteJournal.start(database);
    Redactor redactor = new Redactor();
    AuditKey key = AuditKey.obtain(root.resolve("aegis/audit.key"), database);
    ChainedAuditLog audit = new ChainedAuditLog(journal, key, redactor);
    pipeline =
        Pipeline.start(
            new Pipeline.Parts(
                root.resolve("run"),
                root.resolve("aegis"),
                new Whereabouts(root.resolve("home"), "user", List.of()),
                SessionPolicies.common(policy),
                () -> timeout,
                () -> false,
                AnswerRules.PLAIN,
                new ApprovalRecords(
                    journal,
                    audit,
                    new Testimony(key),
                    new ApprovalRepository(database, redactor::redact),
                    new GrantRepository(database),
                    database),
                new SessionRecords(
                    journal, new SessionRepository(database, redactor::redactWords), database),
                audit,
                new EventBus(),
                IntakeLimits.STANDARD));
  }

  SessionRequest request(Path gate, boolean dryRun) {
    return new SessionRequest(
        "guest",
        List.of("guest"),
        root.resolve("work"),
        List.of(),
        false,
        dryRun,
        Optional.empty(),
        root.resolve("libaegis.so"),
        gate,
        root.resolve("distribution"),
        Optional.empty(),
        Supervision.LIBC,
        Floor.NONE);
  }

  Pipeline pipeline() {
    return pipeline;
  }

  Database database() {
    return database;
  }

  @Override
  public void close() throws IOException, StoreException {
    pipeline.close();
    journal.close();
    database.close();
  }
}
