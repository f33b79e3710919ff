package dev.aegis.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** Something that speaks part 2 of the wire with answers that a test gives it. */
final class FakeDaemon implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path home;
  private final ServerSocketChannel server;
  private final Map<String, String> answers = new ConcurrentHashMap<>();
  private final List<JsonNode> calls = new CopyOnWriteArrayList<>();

  FakeDaemon() throws IOException {
    home = Files.createTempDirectory(Path.of("/tmp"), "aegis");
    Files.createDirectory(home.resolve("run"));
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(home.resolve("run/control.sock")));
    Thread acceptor = new Thread(this::accept, "fake-daemon");
    acceptor.setDaemon(true);
    acceptor.start();
  }

  Path home() {
    return home;
  }

  List<JsonNode> calls() {
    return calls;
  }

  FakeDaemon answering(String call, String result) {
    answers.put(call, "{\"ok\":true,\"result\":" + result.replace('\n', ' ') + "}");
    return this;
  }

  FakeDaemon refusing(String call, int code, String message) {
    answers.put(
        call, "{\"ok\":false,\"error\":{\"code\":%d,\"message\":\"%s\"}}".formatted(code, message));
    return this;
  }

  Run aegis(String... arguments) {
    return Run.aegis(Run.home(home), arguments);
  }

  private void accept() {
    try {
      while (true) {
        try (SocketChannel connection = server.accept()) {
          serve(connection);
        }
      }
    } catch (AsynchronousCloseException e) {
      return;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void serve(SocketChannel connection) throws IOException {
    BufferedReader lines =
        new BufferedReader(Channels.newReader(connection, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      JsonNode call = JSON.readTree(line);
      calls.add(call);
      String answer =
          answers.getOrDefault(
              call.path("call").asText(),
              "{\"ok\":false,\"error\":{\"code\":1,\"message\":\"unexpected call\"}}");
      connection.write(StandardCharsets.UTF_8.encode(answer + "\n"));
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
