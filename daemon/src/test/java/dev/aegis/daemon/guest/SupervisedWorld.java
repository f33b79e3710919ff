package dev.aegis.daemon.guest;

import dev.aegis.daemon.approvals.ApprovalDesk;
import dev.aegis.daemon.intercept.OpenedSession;
import dev.aegis.daemon.intercept.SessionStatus;
import dev.aegis.daemon.intercept.Sessions;
import dev.aegis.daemon.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A daemon's supervising part with a real database and real sockets, and one session in which real
 * processes run.
 */
public final class SupervisedWorld implements AutoCloseable {

  public static final Path PYTHON = python();

  private final Path root;
  private final boolean dryRun;
  private final Duration timeout;
  private final ServerSocketChannel control;
  private final Map<String, Guest> guests = new HashMap<>();
  private RealDaemon daemon;
  private OpenedSession session;
  private Process starter;

  private SupervisedWorld(Path root, boolean dryRun, Duration timeout) throws Exception {
    this.root = root;
    this.dryRun = dryRun;
    this.timeout = timeout;
    for (String script : List.of("starter.py", "guest.py")) {
      try (InputStream in = SupervisedWorld.class.getResourceAsStream(script)) {
        Files.write(root.resolve(script), in.readAllBytes());
      }
    }
    Files.copy(PYTHON, gate(), StandardCopyOption.COPY_ATTRIBUTES);
    control = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    control.bind(UnixDomainSocketAddress.of(root.resolve("control")));
  }

  /** Start a daemon and a session with one guest named {@code first}. */
  public static SupervisedWorld start(Path root) throws Exception {
    return start(root, false, Duration.ofMinutes(5));
  }

  public static SupervisedWorld start(Path root, boolean dryRun, Duration timeout)
      throws Exception {
    SupervisedWorld world = new SupervisedWorld(root.toRealPath(), dryRun, timeout);
    world.startDaemon();
    world.startSession();
    return world;
  }

  private static Path python() {
    try {
      return Path.of("/usr/bin/python3").toRealPath();
    } catch (IOException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** Return the program that stands for the gate: another file that can serve a guest on. */
  public Path gate() {
    return root.resolve("gate");
  }

  /** Return the one workspace. */
  public Path work() {
    return root.resolve("work");
  }

  private void startDaemon() throws Exception {
    daemon = new RealDaemon(root, timeout, TablePolicy::new);
  }

  private void startSession() throws Exception {
    session = sessions().open(daemon.request(gate(), dryRun));
    List<String> command = new ArrayList<>(List.of(PYTHON.toString(), "-S", "-E"));
    command.add(root.resolve("starter.py").toString());
    List<String> guest = guestCommand(PYTHON, "first");
    command.addAll(guest.subList(3, guest.size()));
    starter =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.INHERIT)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    sessions()
        .start(
            session.id(),
            Math.toIntExact(starter.pid()),
            Math.toIntExact(ProcessHandle.current().pid()));
    starter.getOutputStream().write('\n');
    starter.getOutputStream().flush();
  }

  List<String> guestCommand(Path program, String name) {
    return List.of(
        program.toString(),
        "-S",
        "-E",
        root.resolve("guest.py").toString(),
        root.resolve("control").toString(),
        session.directory().resolve("reporter.sock").toString(),
        name);
  }

  /** Wait for a guest to introduce itself. */
  public Guest guest(String name) {
    try {
      while (!guests.containsKey(name)) {
        Guest next = new Guest(this, control.accept());
        guests.put(next.name(), next);
      }
      return guests.remove(name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The daemon stops and another one takes its place; processes stay. */
  public void restartDaemon() throws Exception {
    daemon.close();
    startDaemon();
  }

  public Sessions sessions() {
    return daemon.pipeline().sessions();
  }

  public ApprovalDesk approvals() {
    return daemon.pipeline().approvals();
  }

  public String session() {
    return session.id();
  }

  public Path socket() {
    return session.directory().resolve("reporter.sock");
  }

  /** Return what status shows of one guest. */
  public Optional<SessionStatus.SupervisedProcess> status(Guest guest) {
    return sessions().list().get(0).processes().stream()
        .filter(process -> process.pid() == guest.pid())
        .findFirst();
  }

  /** Return the audit records of a kind, as JSON, oldest first. */
  public List<String> audit(String kind) throws Exception {
    return daemon
        .database()
        .read(
            connection -> {
              List<String> records = new ArrayList<>();
              try (var select =
                  connection.prepareStatement(
                      "SELECT record FROM audit WHERE kind = ? ORDER BY seq")) {
                select.setString(1, kind);
                try (var rows = select.executeQuery()) {
                  while (rows.next()) {
                    records.add(rows.getString(1));
                  }
                }
              }
              return records;
            });
  }

  /** Make a file in the workspace. */
  public Path file(String name) throws IOException {
    Path file = work().resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, name.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() throws IOException, StoreException {
    try (Stream<ProcessHandle> processes = starter.descendants()) {
      processes.forEach(ProcessHandle::destroyForcibly);
    }
    starter.destroyForcibly().onExit().join();
    daemon.close();
    control.close();
  }
}
