package dev.aegis.daemon.channels;

import dev.aegis.daemon.approvals.UnreadableException;
import dev.aegis.daemon.store.Durability;
import dev.aegis.daemon.store.Journal;
import dev.aegis.daemon.store.Queries;
import dev.aegis.daemon.store.StoreException;
import java.security.SecureRandom;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** The messages that show approvals in the chats of one channel. */
public final class ChannelMessages {

  private static final String COLUMNS =
      "SELECT nonce, approval, chat, topic, message, shown FROM channel_messages WHERE channel = ?";

  private static final SecureRandom RANDOM = new SecureRandom();

  private final String channel;
  private final Journal journal;
  private final Queries queries;

  public ChannelMessages(String channel, Journal journal, Queries queries) {
    this.channel = channel;
    this.journal = journal;
    this.queries = queries;
  }

  /**
   * One message.
   *
   * @param nonce what its buttons carry
   * @param topic 0 when the chat has none
   * @param message its number in the chat, once the channel has said it
   * @param shown what it shows, as its channel names that; empty before it is sent
   */
  public record Message(
      String nonce, long approval, long chat, int topic, Optional<Integer> message, String shown) {}

  /** Draw what the buttons of a new message carry, so long that nobody guesses it. */
  public static String nonce(int bytes) {
    byte[] drawn = new byte[bytes];
    RANDOM.nextBytes(drawn);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(drawn);
  }

  /** Keep a message that is about to be sent; returns once it is kept. */
  public void add(Message message, Instant at) {
    keep(
        connection -> {
          try (PreparedStatement insert =
              connection.prepareStatement(
                  "INSERT INTO channel_messages VALUES (?, ?, ?, ?, ?, NULL, ?, ?)")) {
            insert.setString(1, message.nonce());
            insert.setString(2, channel);
            insert.setLong(3, message.approval());
            insert.setLong(4, message.chat());
            insert.setInt(5, message.topic());
            insert.setString(6, message.shown());
            insert.setLong(7, at.toEpochMilli());
            return insert.executeUpdate();
          }
        });
  }

  /** Keep the number of a message; the first one stays. */
  public void sent(String nonce, int message) {
    update(
        "UPDATE channel_messages SET message = ? WHERE nonce = ? AND message IS NULL",
        message,
        nonce);
  }

  /** Keep what a message shows now. */
  public void shows(String nonce, String shown) {
    update("UPDATE channel_messages SET shown = ? WHERE nonce = ?", shown, nonce);
  }

  private void update(String sql, Object first, String nonce) {
    keep(
        connection -> {
          try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setObject(1, first);
            update.setString(2, nonce);
            return update.executeUpdate();
          }
        });
  }

  private void keep(Journal.Change<Integer> change) {
    int unused = journal.submit(Durability.WRITTEN, change).join();
  }

  /** Return the messages of one approval. */
  public List<Message> of(long approval) {
    return look(COLUMNS + " AND approval = ? ORDER BY sent_at", approval);
  }

  /** Find the message whose buttons carry a nonce. */
  public Optional<Message> ofNonce(String nonce) {
    return look(COLUMNS + " AND nonce = ?", nonce).stream().findFirst();
  }

  /** Return the approvals that some message does not show in one of its last states. */
  public List<Long> unfinished(String finalMark) throws StoreException {
    return read(COLUMNS + " AND message IS NOT NULL AND shown NOT LIKE ?", finalMark + "%").stream()
        .map(Message::approval)
        .distinct()
        .toList();
  }

  private List<Message> look(String sql, Object parameter) {
    try {
      return read(sql, parameter);
    } catch (StoreException e) {
      throw new UnreadableException(e);
    }
  }

  private List<Message> read(String sql, Object parameter) throws StoreException {
    return queries.read(
        connection -> {
          List<Message> found = new ArrayList<>();
          try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, channel);
            select.setObject(2, parameter);
            try (ResultSet row = select.executeQuery()) {
              while (row.next()) {
                found.add(message(row));
              }
            }
          }
          return found;
        });
  }

  private static Message message(ResultSet row) throws SQLException {
    int number = row.getInt("message");
    Optional<Integer> message = row.wasNull() ? Optional.empty() : Optional.of(number);
    return new Message(
        row.getString("nonce"),
        row.getLong("approval"),
        row.getLong("chat"),
        row.getInt("topic"),
        message,
        row.getString("shown"));
  }
}
