package dev.aegis.daemon.channels;

import dev.aegis.daemon.store.Durability;
import dev.aegis.daemon.store.Journal;
import dev.aegis.daemon.store.Queries;
import dev.aegis.daemon.store.StoreException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Where channels were when the daemon ended. */
public final class ChannelStates {

  private final Journal journal;
  private final Queries queries;

  public ChannelStates(Journal journal, Queries queries) {
    this.journal = journal;
    this.queries = queries;
  }

  /** A value and when it was set. */
  public record State(String value, Instant at) {}

  /** Read one value. */
  public Optional<State> get(String channel, String name) throws StoreException {
    return queries.read(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  "SELECT value, at FROM channel_state WHERE channel = ? AND name = ?")) {
            select.setString(1, channel);
            select.setString(2, name);
            try (ResultSet row = select.executeQuery()) {
              return row.next()
                  ? Optional.of(new State(row.getString(1), Instant.ofEpochMilli(row.getLong(2))))
                  : Optional.<State>empty();
            }
          }
        });
  }

  /** Set one value; it survives a killed daemon once this completes. */
  public CompletableFuture<Integer> put(String channel, String name, String value, Instant at) {
    return journal.submit(
        Durability.WRITTEN,
        connection -> {
          try (PreparedStatement insert =
              connection.prepareStatement(
                  "INSERT OR REPLACE INTO channel_state VALUES (?, ?, ?, ?)")) {
            insert.setString(1, channel);
            insert.setString(2, name);
            insert.setString(3, value);
            insert.setLong(4, at.toEpochMilli());
            return insert.executeUpdate();
          }
        });
  }
}
