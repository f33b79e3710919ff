package dev.aegis.daemon.core;

import dev.aegis.config.AegisConfig;
import dev.aegis.config.AegisHome;
import dev.aegis.config.PolicyFiles;
import dev.aegis.config.RunDirectory;
import dev.aegis.daemon.api.ControlCalls;
import dev.aegis.daemon.api.ControlServer;
import dev.aegis.daemon.api.DaemonFacts;
import dev.aegis.daemon.api.SessionLogLevels;
import dev.aegis.daemon.api.StatusReport;
import dev.aegis.daemon.audit.AuditKey;
import dev.aegis.daemon.audit.AuditReader;
import dev.aegis.daemon.audit.AuditVerifier;
import dev.aegis.daemon.audit.ChainedAuditLog;
import dev.aegis.daemon.audit.Redactor;
import dev.aegis.daemon.audit.Testimony;
import dev.aegis.daemon.channels.ChannelRouter;
import dev.aegis.daemon.events.EventBus;
import dev.aegis.daemon.policy.CurrentPolicy;
import dev.aegis.daemon.policy.PolicyWatch;
import dev.aegis.daemon.store.ApprovalRepository;
import dev.aegis.daemon.store.Database;
import dev.aegis.daemon.store.GrantRepository;
import dev.aegis.daemon.store.SessionRepository;
import dev.aegis.daemon.store.SqliteJournal;
import dev.aegis.daemon.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Optional;

/** Everything that runs while a daemon lives: put together in order, taken down in reverse. */
final class Daemon implements AutoCloseable {

  private final Lifecycle lifecycle = new Lifecycle();
  private final DaemonFacts facts;
  private final RunDirectory run;
  private final AegisConfig config;
  private final Runnable stop;

  private Daemon(DaemonFacts facts, RunDirectory run, AegisConfig config, Runnable stop) {
    this.facts = facts;
    this.run = run;
    this.config = config;
    this.stop = stop;
  }

  /**
   * Start every part; when this returns, the control socket accepts.
   *
   * @param home whose lock the caller holds
   * @param stop asks for the end and returns at once
   */
  static Daemon start(AegisHome home, RunDirectory run, AegisConfig config, Runnable stop)
      throws IOException, StoreException {
    Daemon daemon = new Daemon(facts(home), run, config, stop);
    try {
      daemon.assemble();
      return daemon;
    } catch (IOException | StoreException | RuntimeException e) {
      daemon.close();
      throw e;
    }
  }

  private static DaemonFacts facts(AegisHome home) throws IOException {
    return new DaemonFacts(
        home,
        Optional.ofNullable(Daemon.class.getPackage().getImplementationVersion())
            .orElse("development"),
        Instant.now(),
        System.getProperty("user.name"),
        (int) Files.getAttribute(home.root(), "unix:uid"));
  }

  private void assemble() throws IOException, StoreException {
    AegisHome home = facts.home();
    Database database = lifecycle.own(Database.open(config.databasePath()));
    SqliteJournal journal = lifecycle.own(SqliteJournal.start(database));
    AuditKey key = AuditKey.obtain(home.auditKey(), database);
    Redactor redactor = new Redactor();
    ChainedAuditLog audit = new ChainedAuditLog(journal, key, redactor);
    lifecycle.own(LifeRecord.open(audit, database, facts.version()));

    EventBus bus = new EventBus();
    CurrentPolicy policy =
        CurrentPolicy.load(
            new PolicyFiles(config.policyPath(), home.learnedPolicies()),
            home.trustedProjects(),
            bus);
    lifecycle.own(PolicyWatch.start(policy));

    SessionRepository sessions = new SessionRepository(database, redactor::redactWords);
    Stores stores =
        new Stores(
            journal,
            audit,
            new Testimony(key),
            new ApprovalRepository(database, redactor::redact),
            new GrantRepository(database),
            sessions,
            database);
    Supervision supervision = Supervision.start(home, run, config, stores, policy, bus);
    lifecycle.own(supervision.end());

    ChannelRouter channels = lifecycle.own(Channels.start(config, stores, supervision, key));
    AuditReader auditReader = new AuditReader(database);
    lifecycle.own(Channels.anchor(config.audit(), stores, auditReader, channels));

    StatusReport status =
        new StatusReport(
            facts,
            database,
            journal,
            policy,
            supervision.sessions(),
            supervision.desk(),
            supervision.pause(),
            sessions,
            channels::health);
    ControlCalls calls =
        new ControlCalls(
            facts,
            supervision.sessions(),
            supervision.desk(),
            supervision.grants(),
            supervision.pause(),
            policy,
            new AuditVerifier(database, key),
            auditReader,
            status,
            new SessionLogLevels(config.logging().level(), LogSetup::setLevel),
            config.approvals().localRole(),
            stop);
    lifecycle.own(
        ControlServer.start(
            run.controlSocket(), calls, facts.uid(), supervision.sessions()::isSupervised));
    Optional<HealthEndpoint> health =
        HealthEndpoint.start(config.port(), () -> journal.fault().isEmpty());
    health.ifPresent(lifecycle::own);
  }

  @Override
  public String toString() {
    return "daemon " + facts.version();
  }

  @Override
  public void close() {
    lifecycle.close();
  }
}
