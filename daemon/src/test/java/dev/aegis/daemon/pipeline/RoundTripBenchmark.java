package dev.aegis.daemon.pipeline;

import dev.aegis.daemon.guest.Operations;
import dev.aegis.daemon.guest.OwnSession;
import dev.aegis.operation.Coverage;
import dev.aegis.operation.Operation;
import dev.aegis.wire.Frame;
import dev.aegis.wire.FrameEncoder;
import dev.aegis.wire.Front;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * How long a decision takes, asked over a real socket by this process itself.
 *
 * <p>Run it with the class path of the tests: {@code java --add-opens
 * java.base/sun.nio.ch=ALL-UNNAMED dev.aegis.daemon.pipeline.RoundTripBenchmark [ROUNDS]}.
 */
final class RoundTripBenchmark {

  private static final int WARM_UP = 20_000;

  private RoundTripBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    int rounds = arguments.length == 0 ? 50_000 : Integer.parseInt(arguments[0]);
    Path root = Files.createTempDirectory("aegis-benchmark");
    try (OwnSession session = OwnSession.start(root);
        SocketChannel channel = session.connect()) {
      send(channel, new Frame.Hello(Front.PRELOAD, Coverage.LIBC, OptionalInt.empty()));
      Map<String, Operation> questions = new TreeMap<>();
      questions.put("read", Operations.read(Path.of("/etc/hostname")));
      questions.put("write", Operations.write(root.resolve("new")));
      questions.put(
          "execute", Operations.execute(Path.of("/usr/bin/env").toRealPath(), root, "env", "x"));
      for (Map.Entry<String, Operation> question : questions.entrySet()) {
        measure(channel, question.getValue(), WARM_UP);
        long[] nanos = measure(channel, question.getValue(), rounds);
        Arrays.sort(nanos);
        System.out.printf(
            "%-8s p50 %6.1f us   p99 %7.1f us%n",
            question.getKey(), nanos[rounds / 2] / 1e3, nanos[rounds / 100 * 99] / 1e3);
      }
    }
  }

  private static long[] measure(SocketChannel channel, Operation operation, int rounds)
      throws IOException {
    long[] nanos = new long[rounds];
    ByteBuffer answer = ByteBuffer.allocate(4096);
    for (int i = 0; i < rounds; i++) {
      ByteBuffer question = FrameEncoder.encode(new Frame.Ask(i + 1L, i + 1L, operation, false));
      long start = System.nanoTime();
      while (question.hasRemaining()) {
        channel.write(question);
      }
      answer.clear();
      channel.read(answer);
      nanos[i] = System.nanoTime() - start;
    }
    return nanos;
  }

  private static void send(SocketChannel channel, Frame frame) throws IOException {
    ByteBuffer bytes = FrameEncoder.encode(frame);
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
