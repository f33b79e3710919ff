package dev.aegis.daemon.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aegis.config.AegisConfig.LogLevel;
import dev.aegis.config.AegisHome;
import dev.aegis.config.PolicyFiles;
import dev.aegis.config.Role;
import dev.aegis.daemon.approvals.DeskWorld;
import dev.aegis.daemon.audit.AuditReader;
import dev.aegis.daemon.channels.ChannelContract;
import dev.aegis.daemon.channels.FarEnd;
import dev.aegis.daemon.events.EventBus;
import dev.aegis.daemon.policy.CurrentPolicy;
import dev.aegis.daemon.store.SessionRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;

/** The command line and the terminal card ask over the control socket. */
class LocalContractTests extends ChannelContract {

  private static final int STEPS = 60;

  @TempDir Path place;

  @Override
  protected FarEnd farEnd() throws Exception {
    return new Terminal(new AegisHome(place.resolve("h"), place).create());
  }

  @Override
  protected int steps() {
    return STEPS;
  }

  /** Somebody on this machine. */
  private static final class Terminal implements FarEnd {

    private final AegisHome home;
    private Optional<Trouble> trouble = Optional.empty();

    Terminal(AegisHome home) {
      this.home = home;
    }

    /** A line that was sent, and what came back. */
    private record Sent(String line, Optional<String> reply) {}

    private Path socket() {
      return home.root().resolve("control.sock");
    }

    @Override
    public AutoCloseable connect(DeskWorld world) throws Exception {
      FakeSupervision fake = new FakeSupervision();
      int uid = (int) Files.getAttribute(home.root(), "unix:uid");
      DaemonFacts facts = new DaemonFacts(home, "1.2.3", Instant.now(), "ann", uid);
      CurrentPolicy policy =
          CurrentPolicy.load(
              new PolicyFiles(home.policyFile(), home.learnedPolicies()),
              home.trustedProjects(),
              new EventBus());
      StatusReport status =
          new StatusReport(
              facts,
              world.database,
              world.journal,
              policy,
              fake,
              world.book,
              world.pause,
              new SessionRepository(world.database, text -> text),
              List::of);
      return ControlServer.start(
          socket(),
          new ControlCalls(
              facts,
              fake,
              world.book,
              world.grants,
              world.pause,
              policy,
              world.verifier(),
              new AuditReader(world.database),
              status,
              new SessionLogLevels(LogLevel.INFO, level -> {}),
              Role.ADMIN,
              () -> {}),
          uid,
          pid -> false);
    }

    @Override
    public Set<Human> people() {
      return EnumSet.of(Human.ADMIN);
    }

    @Override
    public Set<Trouble> troubles() {
      return EnumSet.of(Trouble.CUT, Trouble.TWICE);
    }

    @Override
    public void next(Trouble next) {
      trouble = Optional.of(next);
    }

    @Override
    public Optional<Seen> sees(Human who, long approval) throws IOException {
      try (Client client = new Client(socket())) {
        JsonNode shown = client.result("{\"call\":\"approvals.show\",\"id\":" + approval + "}");
        return Optional.of(new Seen(shown.path("command").asText(), stage(shown), approval));
      }
    }

    private static Stage stage(JsonNode shown) {
      return switch (shown.path("state").asText()) {
        case "pending" -> Stage.OPEN;
        case "approved" -> shown.path("released_at").isNull() ? Stage.APPROVED : Stage.WENT_ON;
        default -> Stage.ENDED;
      };
    }

    @Override
    public Object answer(Human who, Seen seen, Choice choice) throws IOException {
      String line =
          "{\"call\":\"approvals.decide\",\"id\":%d,\"decision\":\"%s\",\"scope\":\"%s\",\"channel\":\"cli\"}"
              .formatted(
                  (Long) seen.handle(),
                  choice == Choice.DENY ? "deny" : "approve",
                  choice == Choice.SESSION
                      ? "session"
                      : Choice.ONCE.name().toLowerCase(Locale.ROOT));
      Optional<Trouble> now = trouble;
      trouble = Optional.empty();
      Sent sent = send(line, now.filter(Trouble.CUT::equals).isPresent());
      if (now.filter(Trouble.TWICE::equals).isPresent()) {
        send(line, false);
      }
      return sent;
    }

    private Sent send(String line, boolean cut) throws IOException {
      try (Client client = new Client(socket())) {
        if (cut) {
          client.send(line + "\n");
          return new Sent(line, Optional.empty());
        }
        return new Sent(line, Optional.of(client.call(line).toString()));
      }
    }

    @Override
    public Optional<String> reply(Object answer) {
      return ((Sent) answer).reply();
    }

    @Override
    public void again(Object answer) throws IOException {
      send(((Sent) answer).line(), false);
    }

    @Override
    public boolean forge(Seen seen) {
      return false;
    }

    @Override
    public void close() {
      trouble = Optional.empty();
    }
  }
}
