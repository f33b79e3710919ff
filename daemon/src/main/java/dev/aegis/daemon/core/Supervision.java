package dev.aegis.daemon.core;

import dev.aegis.config.AegisConfig;
import dev.aegis.config.AegisHome;
import dev.aegis.config.RunDirectory;
import dev.aegis.daemon.approvals.AnswerRules;
import dev.aegis.daemon.approvals.ApprovalDesk;
import dev.aegis.daemon.approvals.ApprovalRecords;
import dev.aegis.daemon.approvals.GrantDesk;
import dev.aegis.daemon.approvals.PauseDesk;
import dev.aegis.daemon.events.EventBus;
import dev.aegis.daemon.intercept.IntakeLimits;
import dev.aegis.daemon.intercept.SessionRecords;
import dev.aegis.daemon.intercept.Sessions;
import dev.aegis.daemon.pipeline.Pipeline;
import dev.aegis.daemon.pipeline.Whereabouts;
import dev.aegis.daemon.policy.CurrentPolicy;
import dev.aegis.daemon.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The part of the daemon that supervises.
 *
 * @param sessions the open sessions
 * @param desk the open questions
 * @param grants what people have granted
 * @param pause whether every session is held
 * @param end stops asking and answering; processes then wait for the next daemon
 */
record Supervision(
    Sessions sessions, ApprovalDesk desk, GrantDesk grants, PauseDesk pause, AutoCloseable end) {

  private static final List<String> SCRATCH = List.of("/tmp", "/var/tmp", "/dev/shm");

  static Supervision start(
      AegisHome home,
      RunDirectory run,
      AegisConfig config,
      Stores stores,
      CurrentPolicy policy,
      EventBus bus)
      throws IOException, StoreException {
    Pipeline pipeline =
        Pipeline.start(
            new Pipeline.Parts(
                run.path().toRealPath(),
                home.realRoot(),
                whereabouts(home),
                policy,
                () -> config.approvals().timeout(),
                () -> config.approvals().defaultAction() == AegisConfig.DefaultAction.APPROVE,
                new AnswerRules(
                    config.approvals().minRole(),
                    config.approvals().quorum(),
                    Set.copyOf(config.approvals().quorumCategories())),
                new ApprovalRecords(
                    stores.journal(),
                    stores.audit(),
                    stores.testimony(),
                    stores.approvals(),
                    stores.grants(),
                    stores.queries()),
                new SessionRecords(stores.journal(), stores.sessions(), stores.queries()),
                stores.audit(),
                bus,
                IntakeLimits.STANDARD));
    bus.subscribe(CurrentPolicy.Changed.class, changed -> pipeline.policyChanged());
    bus.subscribe(CurrentPolicy.Told.class, pipeline::policyEdited);
    return new Supervision(
        pipeline.sessions(), pipeline.approvals(), pipeline.grants(), pipeline.pause(), pipeline);
  }

  private static Whereabouts whereabouts(AegisHome home) throws IOException {
    Path user = home.userHome().toRealPath();
    List<Path> scratch = new ArrayList<>();
    for (String directory : SCRATCH) {
      if (Files.isDirectory(Path.of(directory))) {
        scratch.add(Path.of(directory).toRealPath());
      }
    }
    scratch.add(user.resolve(".cache"));
    return new Whereabouts(user, System.getProperty("user.name"), scratch);
  }
}
