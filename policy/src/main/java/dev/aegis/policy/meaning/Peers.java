package dev.aegis.policy.meaning;

import dev.aegis.operation.Operation.SocketAccess;
import dev.aegis.policy.Listener;
import dev.aegis.policy.Surroundings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

/** The local programs that do work for whoever asks, read from {@code peers.toml}. */
final class Peers {

  private static final String HAND_OVER = "supervision.escape.hand_over";
  private static final long HAND_OVER_SCORE = 80;
  private static final Peers SHIPPED = read();

  private final List<Peer> peers;

  private record Peer(
      List<Glob> sockets, List<Long> ports, List<Glob> listeners, Meaning meaning) {}

  private Peers(List<Peer> peers) {
    this.peers = peers;
  }

  static Peers shipped() {
    return SHIPPED;
  }

  private static Peers read() {
    try (InputStream in = Peers.class.getResourceAsStream("peers.toml")) {
      TomlParseResult toml = Toml.parse(in);
      if (toml.hasErrors()) {
        throw new IllegalStateException("peers.toml: " + toml.errors().get(0));
      }
      TomlArray entries = toml.getArrayOrEmpty("peer");
      List<Peer> peers = new ArrayList<>();
      for (int i = 0; i < entries.size(); i++) {
        peers.add(peer(entries.getTable(i)));
      }
      return new Peers(List.copyOf(peers));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Peer peer(TomlTable entry) {
    String instead = entry.getString("instead");
    String reason =
        "%s %s%s"
            .formatted(
                entry.getString("name"),
                entry.getString("does"),
                instead == null ? "" : "; without it: " + instead);
    return new Peer(
        words(entry, "sockets").stream().map(Glob::of).toList(),
        entry.getArrayOrEmpty("ports").toList().stream().map(Long.class::cast).toList(),
        words(entry, "listeners").stream().map(Glob::ofText).toList(),
        Meaning.of(
            entry.getString("category", () -> HAND_OVER),
            (int) entry.getLong("score", () -> HAND_OVER_SCORE),
            reason));
  }

  private static List<String> words(TomlTable entry, String key) {
    return entry.getArrayOrEmpty(key).toList().stream().map(String.class::cast).toList();
  }

  /** Return what it means to connect to whoever listens at an address, if that is one of them. */
  Meaning of(SocketAccess access, Surroundings s) {
    String path = access.unixPath().orElse("");
    Optional<Peer> named = path.isEmpty() ? byPort(access) : bySocket(path, s);
    if (named.isEmpty() && !isLoopback(access.host())) {
      return Meaning.NONE;
    }
    Optional<Listener> listener = s.listener(access);
    if (listener.map(Listener::inSession).orElse(false)) {
      return Meaning.NONE;
    }
    return named
        .or(() -> listener.flatMap(found -> byCommand(found.command())))
        .map(Peer::meaning)
        .orElse(Meaning.NONE);
  }

  private Optional<Peer> bySocket(String path, Surroundings s) {
    return peers.stream()
        .filter(peer -> peer.sockets().stream().anyMatch(glob -> glob.matches(path, s)))
        .findFirst();
  }

  private Optional<Peer> byPort(SocketAccess access) {
    return isLoopback(access.host())
        ? peers.stream().filter(peer -> peer.ports().contains((long) access.port())).findFirst()
        : Optional.empty();
  }

  private Optional<Peer> byCommand(String command) {
    return peers.stream()
        .filter(peer -> peer.listeners().stream().anyMatch(glob -> glob.matchesWord(command)))
        .findFirst();
  }

  private static boolean isLoopback(String host) {
    return host.startsWith("127.")
        || host.equals("::1")
        || host.equals("0.0.0.0")
        || host.equals("::")
        || host.startsWith("::ffff:127.");
  }
}
