package dev.aegis.daemon.intercept;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.aegis.daemon.store.Durability;
import dev.aegis.daemon.store.Journal;
import dev.aegis.daemon.store.ProcessKey;
import dev.aegis.daemon.store.Queries;
import dev.aegis.daemon.store.SessionRepository;
import dev.aegis.daemon.store.SessionRow;
import dev.aegis.daemon.store.StoreException;
import dev.aegis.operation.Floor;
import dev.aegis.operation.Supervision;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What is kept of sessions, so that a restarted daemon can take them up again. */
public final class SessionRecords {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Journal journal;
  private final SessionRepository repository;
  private final Queries queries;

  /** Records in one database. */
  public SessionRecords(Journal journal, SessionRepository repository, Queries queries) {
    this.journal = journal;
    this.repository = repository;
    this.queries = queries;
  }

  private record Launch(
      String library,
      String gate,
      String distribution,
      long timeout,
      String loader,
      String supervision,
      String floor) {}

  /** A session of an earlier daemon. */
  record Kept(SessionRow row, SessionRequest request) {}

  CompletableFuture<Boolean> open(Session session) {
    SessionRequest request = session.request();
    SessionRow row =
        new SessionRow(
            session.id(),
            request.wrapped(),
            request.argv(),
            request.cwd().toString(),
            session.workspaces().stream().map(Path::toString).toList(),
            request.terminal(),
            request.dryRun(),
            SessionRow.State.OPENED,
            session.openedAt(),
            Optional.empty(),
            Optional.empty(),
            SessionRow.Counts.NONE);
    Launch launch =
        new Launch(
            request.library().toString(),
            request.gate().toString(),
            request.distribution().toString(),
            request.timeout().map(Duration::toSeconds).orElse(0L),
            request.loader().map(Path::toString).orElse(null),
            request.supervision().label(),
            request.floor().label());
    return journal.submit(
        Durability.WRITTEN,
        connection -> {
          repository.open(row).apply(connection);
          try (PreparedStatement update =
              connection.prepareStatement("UPDATE sessions SET launch = ? WHERE id = ?")) {
            update.setString(1, write(launch));
            update.setString(2, row.id());
            return update.executeUpdate() == 1;
          }
        });
  }

  CompletableFuture<Boolean> start(String session, ProcessKey starter) {
    return journal.submit(Durability.WRITTEN, repository.start(session, starter));
  }

  CompletableFuture<Boolean> end(
      String session, SessionRow.State state, SessionSummary counts, Instant at) {
    return journal.submit(
        Durability.WRITTEN,
        repository.end(
            session,
            state,
            new SessionRow.Counts(
                counts.asked(), counts.allowed(), counts.denied(), counts.approvals()),
            at));
  }

  List<Kept> alive() throws StoreException {
    List<Kept> kept = new ArrayList<>();
    for (SessionRow row : repository.alive()) {
      kept.add(new Kept(row, request(row, launch(row.id()))));
    }
    return kept;
  }

  private static SessionRequest request(SessionRow row, Launch launch) {
    return new SessionRequest(
        row.wrapped(),
        row.argv(),
        Path.of(row.cwd()),
        row.workspaces().stream().map(Path::of).toList(),
        row.terminal(),
        row.dryRun(),
        launch.timeout() == 0
            ? Optional.empty()
            : Optional.of(Duration.ofSeconds(launch.timeout())),
        Path.of(launch.library()),
        Path.of(launch.gate()),
        Path.of(launch.distribution()),
        Optional.ofNullable(launch.loader()).map(Path::of),
        Optional.ofNullable(launch.supervision())
            .flatMap(Supervision::ofLabel)
            .orElse(Supervision.LIBC),
        Optional.ofNullable(launch.floor()).flatMap(Floor::ofLabel).orElse(Floor.NONE));
  }

  private Launch launch(String session) throws StoreException {
    String text =
        queries.read(
            connection -> {
              try (PreparedStatement select =
                  connection.prepareStatement("SELECT launch FROM sessions WHERE id = ?")) {
                select.setString(1, session);
                try (ResultSet row = select.executeQuery()) {
                  row.next();
                  return row.getString(1);
                }
              }
            });
    try {
      return JSON.readValue(text, Launch.class);
    } catch (JsonProcessingException e) {
      throw new StoreException("session " + session + " is not as it was written", e);
    }
  }

  private static String write(Launch launch) {
    try {
      return JSON.writeValueAsString(launch);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
