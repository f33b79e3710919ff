package dev.aegis.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** A daemon that allows everything in its one session and asks what a test makes it ask. */
final class FakeControl implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path home;
  private final Path session;
  private final ServerSocketChannel server;
  private final FakeReporterServer reporters;
  private final List<JsonNode> calls = new CopyOnWriteArrayList<>();
  private final List<SocketChannel> watchers = new CopyOnWriteArrayList<>();
  private final Map<Long, ObjectNode> approvals = new LinkedHashMap<>();

  FakeControl() throws IOException {
    home = Files.createTempDirectory(Path.of("/tmp"), "aegis").toRealPath();
    Path run = Files.createDirectory(home.resolve("run"));
    session = Files.createDirectory(run.resolve("s1"));
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(run.resolve("control.sock")));
    reporters = new FakeReporterServer(session, home);
    background(this::accept);
  }

  Path home() {
    return home;
  }

  /** All calls of that name so far. */
  List<JsonNode> calls(String name) {
    return calls.stream().filter(call -> call.path("call").asText().equals(name)).toList();
  }

  boolean isWatched() {
    return !watchers.isEmpty();
  }

  /** Opens an approval about a path. */
  synchronized long ask(String path) {
    long id = approvals.size() + 1L;
    ObjectNode approval = JSON.createObjectNode();
    approval.put("id", id).put("state", "pending").put("session", "s1").put("wrapped", "sh");
    approval.put("tool", "delete_file").put("command", "rm -rf " + path).put("path", path);
    approval.put("rule", "test-rule").put("risk", 60).put("tier", "high");
    approval.put("blast_radius", "3 files, 12 bytes");
    approval.put("expires_at", Instant.now().plusSeconds(300).toString());
    approvals.put(id, approval);
    tell("approval.opened", approval);
    return id;
  }

  /** Decides an approval as if at another place. */
  synchronized void denyElsewhere(long id) {
    tell("approval.decided", approvals.get(id).put("state", "denied"));
  }

  synchronized String state(long id) {
    return approvals.get(id).path("state").asText();
  }

  private void tell(String event, ObjectNode approval) {
    ObjectNode line = JSON.createObjectNode().put("event", event).set("approval", approval);
    for (SocketChannel watcher : watchers) {
      send(watcher, line);
    }
  }

  private static void send(SocketChannel to, JsonNode line) {
    try {
      to.write(StandardCharsets.UTF_8.encode(line + "\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void background(Runnable work) {
    Thread thread = new Thread(work, "fake control");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        SocketChannel connection = server.accept();
        background(() -> serve(connection));
      }
    } catch (ClosedChannelException e) {
      return;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void serve(SocketChannel connection) {
    try (connection) {
      BufferedReader lines =
          new BufferedReader(Channels.newReader(connection, StandardCharsets.UTF_8));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode call = JSON.readTree(line);
        calls.add(call);
        send(connection, answer(call));
        if (call.path("call").asText().equals("session.watch")) {
          watchers.add(connection);
        }
      }
    } catch (IOException | UncheckedIOException e) {
      // The client went away in the middle of a call, as clients do at the end of a run.
      return;
    } finally {
      watchers.remove(connection);
    }
  }

  private synchronized JsonNode answer(JsonNode call) {
    ObjectNode ok = JSON.createObjectNode().put("ok", true);
    switch (call.path("call").asText()) {
      case "session.open" -> {
        ObjectNode result = ok.putObject("result").put("session", "s1");
        result.put("directory", session.toString());
        result.putObject("environment").put("AEGIS_SESSION", session.toString());
        result.putArray("notices");
      }
      case "session.close" -> {
        watchers.forEach(watcher -> send(watcher, JSON.createObjectNode().put("event", "closed")));
        ok.putObject("result").putArray("dry_run").add("rm -rf /");
      }
      case "approvals.list" -> {
        ArrayNode list = ok.putArray("result");
        approvals.values().stream()
            .filter(approval -> approval.path("state").asText().equals("pending"))
            .forEach(list::add);
      }
      case "approvals.show" -> ok.set("result", approvals.get(call.path("id").asLong()));
      case "approvals.decide" -> {
        ObjectNode approval = approvals.get(call.path("id").asLong());
        if (!approval.path("state").asText().equals("pending")) {
          ObjectNode refused = JSON.createObjectNode().put("ok", false);
          refused.putObject("error").put("code", 1).put("message", "already decided");
          return refused;
        }
        approval.put(
            "state", call.path("decision").asText().equals("approve") ? "approved" : "denied");
        ok.set("result", approval);
      }
      default -> ok.putObject("result");
    }
    return ok;
  }

  @Override
  public void close() throws IOException {
    server.close();
    reporters.close();
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
