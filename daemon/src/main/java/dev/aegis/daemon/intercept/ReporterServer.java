package dev.aegis.daemon.intercept;

import dev.aegis.daemon.kernel.ProcessFacts;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sockets of all sessions, served by one thread. Each turn first reads what known processes
 * have sent and only then meets new ones, so that the report of a parent is heard before its orphan
 * is judged.
 */
final class ReporterServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ReporterServer.class);
  private static final int READ_AT_ONCE = 65_536;

  /* More than a socket holds. */
  private static final int READS_AT_ONCE = 8;
  private static final int ACCEPTED_AT_ONCE = 256;
  private static final long TURN_MS = 1000;

  /* How long the report of a parent may be under way while its orphan already asks. */
  private static final long UNCLEAR_NANOS = 20_000_000;
  private static final long UNCLEAR_TURN_MS = 2;

  private final Selector selector = Selector.open();
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final ByteBuffer input = ByteBuffer.allocateDirect(READ_AT_ONCE);
  private final IntakeLimits limits;
  private final FrameBudget budget;
  private final FrameDispatch dispatch;
  private final Thread thread = new Thread(this::serve, "aegis-intake");
  private final Map<Integer, Integer> connectionsByProcess = new HashMap<>();
  private final List<ReporterConnection> arrivals = new ArrayList<>();
  private int connections;
  private volatile boolean closing;

  ReporterServer(IntakeLimits limits, OperationDesk desk) throws IOException {
    this.limits = limits;
    this.budget = new FrameBudget(limits.memory());
    this.dispatch = new FrameDispatch(desk, limits.questions());
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** Serve the socket of a session from now on. */
  void listen(Session session) throws IOException {
    Path path = session.socket();
    Files.deleteIfExists(path);
    ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    listener.bind(UnixDomainSocketAddress.of(path), 4096);
    listener.configureBlocking(false);
    submit(
        () -> {
          try {
            listener.register(selector, SelectionKey.OP_ACCEPT, session);
          } catch (ClosedChannelException e) {
            LOG.warn("the socket of session {} was closed at once", session.id(), e);
          }
        });
  }

  /** Close the socket of a session and every connection to it. */
  void silence(Session session) {
    submit(
        () -> {
          for (SelectionKey key : selector.keys()) {
            if (key.attachment() == session) {
              closeListener(key, session);
            } else if (key.attachment() instanceof ReporterConnection connection
                && connection.session() == session) {
              drop(connection);
            }
          }
        });
  }

  private static void closeListener(SelectionKey key, Session session) {
    try {
      key.channel().close();
      Files.deleteIfExists(session.socket());
    } catch (IOException e) {
      LOG.warn("the socket of session {} cannot be removed", session.id(), e);
    }
  }

  private void submit(Runnable task) {
    tasks.add(task);
    selector.wakeup();
  }

  private void serve() {
    while (!closing) {
      try {
        turn();
      } catch (IOException | RuntimeException e) {
        LOG.error("the intake stumbled and goes on", e);
      }
    }
    selector.keys().forEach(key -> closeQuietly(key));
  }

  private static void closeQuietly(SelectionKey key) {
    try {
      key.channel().close();
    } catch (IOException e) {
      LOG.debug("closing at the end", e);
    }
  }

  private void turn() throws IOException {
    if (dispatch.hasQuestions()) {
      selector.selectNow();
    } else {
      selector.select(arrivals.isEmpty() ? TURN_MS : UNCLEAR_TURN_MS);
    }
    runTasks();
    hear();
    // What is asked meanwhile is the next turn's, so that sessions open and end however much is
    // asked.
    List<Runnable> questions = dispatch.questions();
    if (!questions.isEmpty()) {
      hearWhatWasSaidBefore();
      questions.forEach(ReporterServer::put);
    }
    dropSlow();
  }

  /* Who is not answered is denied when its patience ends; the others are not to wait with it. */
  private static void put(Runnable question) {
    try {
      question.run();
    } catch (RuntimeException e) {
      LOG.error("a question was not put", e);
    }
  }

  /* What anybody reported before a question was asked, such as that it made a file, lies in the
   * sockets by now, or in that of one who has just come. */
  private void hearWhatWasSaidBefore() throws IOException {
    long until = System.nanoTime() + UNCLEAR_NANOS;
    if (selector.selectNow() > 0) {
      hear();
    }
    while (!arrivals.isEmpty() && System.nanoTime() - until < 0) {
      selector.select(UNCLEAR_TURN_MS);
      hear();
    }
  }

  private void hear() {
    serveReady();
    boolean placed = true;
    while (placed) {
      // What one of them has to say may be what another one waits for.
      placed = placeArrivals();
    }
  }

  private void runTasks() {
    Runnable task = tasks.poll();
    while (task != null) {
      task.run();
      task = tasks.poll();
    }
  }

  private void serveReady() {
    Iterator<SelectionKey> ready = selector.selectedKeys().iterator();
    while (ready.hasNext()) {
      SelectionKey key = ready.next();
      ready.remove();
      try {
        if (key.attachment() instanceof Session session) {
          accept((ServerSocketChannel) key.channel(), session);
        } else if (key.attachment() instanceof ReporterConnection connection) {
          if (key.isWritable()) {
            connection.flush();
          }
          if (key.isReadable()) {
            read(connection);
          }
        }
      } catch (CancelledKeyException e) {
        LOG.trace("a connection went away in its turn", e);
      }
    }
  }

  private void accept(ServerSocketChannel listener, Session session) {
    for (int i = 0; i < ACCEPTED_AT_ONCE; i++) {
      SocketChannel channel;
      try {
        channel = listener.accept();
        if (channel == null) {
          return;
        }
      } catch (IOException e) {
        LOG.warn("a connection to session {} cannot be accepted", session.id(), e);
        return;
      }
      try {
        admit(channel, session);
      } catch (IOException e) {
        LOG.info("a connection to session {} is refused: {}", session.id(), e.getMessage());
        abandon(channel);
      }
    }
  }

  private void admit(SocketChannel channel, Session session) throws IOException {
    PeerCredentials peer = PeerCredentials.of(channel);
    if (peer.uid() != ProcessFacts.ownUser()) {
      throw new IOException("its user is " + peer.uid());
    }
    if (session.tree().isEmpty()) {
      throw new IOException("the session has not started");
    }
    if (connections >= limits.connections()
        || connectionsByProcess.getOrDefault(peer.pid(), 0) >= limits.connectionsOfProcess()) {
      throw new IOException("too many connections");
    }
    channel.configureBlocking(false);
    connections++;
    connectionsByProcess.merge(peer.pid(), 1, Integer::sum);
    arrivals.add(new ReporterConnection(channel, session, peer.pid(), budget));
  }

  private boolean placeArrivals() {
    long now = System.nanoTime();
    List<ReporterConnection> next = new ArrayList<>();
    for (Iterator<ReporterConnection> i = arrivals.iterator(); i.hasNext(); ) {
      ReporterConnection connection = i.next();
      if (now - connection.arrivedAt() > UNCLEAR_NANOS
          || connection.session().tree().orElseThrow().place(connection.pid())) {
        i.remove();
        next.add(connection);
      }
    }
    for (ReporterConnection connection : next) {
      if (dispatch.meet(connection) && register(connection)) {
        read(connection);
      } else {
        drop(connection);
      }
    }
    return !next.isEmpty();
  }

  private boolean register(ReporterConnection connection) {
    try {
      connection.registered(
          connection.channel().register(selector, SelectionKey.OP_READ, connection));
      return true;
    } catch (ClosedChannelException e) {
      LOG.debug("process {} went away as it came", connection.pid(), e);
      return false;
    }
  }

  private void read(ReporterConnection connection) {
    try {
      int size = READ_AT_ONCE;
      for (int i = 0; i < READS_AT_ONCE && size == READ_AT_ONCE; i++) {
        input.clear();
        size = connection.channel().read(input);
        input.flip();
        boolean wasMidFrame = connection.frames().isMidFrame();
        if (size < 0 || !dispatch.take(connection, input)) {
          drop(connection);
          return;
        }
        if (connection.frames().isMidFrame() && (!wasMidFrame || size == 0)) {
          connection.midFrameSince(System.nanoTime());
        }
      }
    } catch (IOException e) {
      LOG.debug("reading from process {}", connection.pid(), e);
      drop(connection);
    }
  }

  private void dropSlow() {
    long now = System.nanoTime();
    for (SelectionKey key : selector.keys()) {
      if (key.attachment() instanceof ReporterConnection connection
          && connection.frames().isMidFrame()
          && now - connection.midFrameSince() > limits.frameTime().toNanos()) {
        LOG.info("closing a connection of process {}: half a frame", connection.pid());
        drop(connection);
      }
    }
  }

  private void drop(ReporterConnection connection) {
    if (!connection.countedOut()) {
      return;
    }
    connections--;
    connectionsByProcess.computeIfPresent(
        connection.pid(), (pid, count) -> count == 1 ? null : count - 1);
    connection.frames().release();
    connection.close();
    dispatch.gone(connection);
  }

  private static void abandon(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.debug("refusing a connection", e);
    }
  }

  @Override
  public void close() throws IOException {
    closing = true;
    selector.wakeup();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    selector.close();
  }
}
