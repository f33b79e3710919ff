package dev.aegis.daemon.api;

import dev.aegis.daemon.intercept.PeerCredentials;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listen on the control socket and give each client a connection of its own. */
public final class ControlServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ControlServer.class);
  private static final int MOST_CONNECTIONS = 256;
  private static final int ROOT = 0;

  private final ServerSocketChannel server;
  private final Path socket;
  private final CallTable calls;
  private final int uid;
  private final IntPredicate supervised;
  private final Set<ControlConnection> connections = ConcurrentHashMap.newKeySet();

  private ControlServer(
      ServerSocketChannel server, Path socket, CallTable calls, int uid, IntPredicate supervised) {
    this.server = server;
    this.socket = socket;
    this.calls = calls;
    this.uid = uid;
    this.supervised = supervised;
  }

  /**
   * Listen from now on.
   *
   * @param socket replaced when it is there: the caller holds the lock of the home
   * @param uid the one user who is served, beside root
   * @param supervised tells whether a process is, or descends from, a supervised one
   */
  public static ControlServer start(
      Path socket, ControlCalls calls, int uid, IntPredicate supervised) throws IOException {
    Files.deleteIfExists(socket);
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      server.bind(UnixDomainSocketAddress.of(socket));
      Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
    } catch (IOException e) {
      server.close();
      throw e;
    }
    ControlServer control = new ControlServer(server, socket, calls.table(), uid, supervised);
    Thread thread = new Thread(control::accept, "aegis-control");
    thread.setDaemon(true);
    thread.start();
    return control;
  }

  private void accept() {
    try {
      while (true) {
        welcome(server.accept());
      }
    } catch (ClosedChannelException e) {
      LOG.debug("the control socket is closed");
    } catch (IOException e) {
      LOG.error("the control socket failed; restart the daemon", e);
    }
  }

  private void welcome(SocketChannel channel) throws IOException {
    try {
      PeerCredentials peer = PeerCredentials.of(channel);
      if (peer.uid() != uid && peer.uid() != ROOT) {
        LOG.warn("user {} (pid {}) may not control this daemon", peer.uid(), peer.pid());
        channel.close();
        return;
      }
      if (connections.size() >= MOST_CONNECTIONS) {
        LOG.warn(
            "more than {} control connections; pid {} is refused", MOST_CONNECTIONS, peer.pid());
        channel.close();
        return;
      }
      serve(channel, peer);
    } catch (IOException e) {
      LOG.warn("a client of the control socket was refused: {}", e.getMessage());
      channel.close();
    }
  }

  private void serve(SocketChannel channel, PeerCredentials peer) throws IOException {
    CallTable.Guard guard = new PeerGuard(peer.pid(), supervised);
    ControlConnection connection = new ControlConnection(channel, peer, calls, guard);
    connections.add(connection);
    Thread thread =
        new Thread(
            () -> {
              try {
                connection.serve();
              } finally {
                connections.remove(connection);
              }
            },
            "aegis-control-" + peer.pid());
    thread.setDaemon(true);
    thread.start();
  }

  /** Stop listening and end every connection. */
  @Override
  public void close() throws IOException {
    server.close();
    connections.forEach(ControlConnection::close);
    Files.deleteIfExists(socket);
  }
}
