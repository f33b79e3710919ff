package dev.aegis.daemon.guest;

import dev.aegis.daemon.intercept.OpenedSession;
import dev.aegis.daemon.store.StoreException;
import dev.aegis.policy.PolicyEngine;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;

/** A session to which this very process belongs: its parent plays the starter. */
public final class OwnSession implements AutoCloseable {

  private final RealDaemon daemon;
  private final OpenedSession session;

  private OwnSession(RealDaemon daemon, OpenedSession session) {
    this.daemon = daemon;
    this.session = session;
  }

  public static OwnSession start(Path root) throws Exception {
    return start(root, new TablePolicy());
  }

  public static OwnSession start(Path root, PolicyEngine policy) throws Exception {
    RealDaemon daemon = new RealDaemon(root.toRealPath(), Duration.ofMinutes(5), () -> policy);
    OpenedSession session =
        daemon
            .pipeline()
            .sessions()
            .open(daemon.request(Path.of("/usr/bin/env").toRealPath(), false));
    ProcessHandle parent = ProcessHandle.current().parent().orElseThrow();
    daemon
        .pipeline()
        .sessions()
        .start(
            session.id(),
            Math.toIntExact(parent.pid()),
            Math.toIntExact(parent.parent().orElseThrow().pid()));
    return new OwnSession(daemon, session);
  }

  public SocketChannel connect() throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    channel.connect(UnixDomainSocketAddress.of(session.directory().resolve("reporter.sock")));
    return channel;
  }

  @Override
  public void close() throws IOException, StoreException {
    daemon.close();
  }
}
