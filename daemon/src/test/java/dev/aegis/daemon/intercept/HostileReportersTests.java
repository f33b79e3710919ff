package dev.aegis.daemon.intercept;

import static dev.aegis.daemon.guest.Operations.execute;
import static dev.aegis.daemon.guest.Operations.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aegis.daemon.guest.Guest;
import dev.aegis.daemon.guest.SupervisedWorld;
import dev.aegis.operation.Coverage;
import dev.aegis.operation.Operation;
import dev.aegis.wire.Answer;
import dev.aegis.wire.Frame;
import dev.aegis.wire.FrameEncoder;
import dev.aegis.wire.Front;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class HostileReportersTests {

  @TempDir Path root;

  private static List<String> malformed() throws IOException {
    try (InputStream in = Frame.class.getResourceAsStream("vectors.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> line.startsWith("refused."))
          // What is merely cut short or has a tail is not yet wrong on a stream.
          .filter(line -> !line.matches("refused\\.(empty|half-header|cut|trailing)\t.*"))
          .map(line -> line.split("\t", -1)[1])
          .toList();
    }
  }

  @Test
  void a_malformed_frame_closes_its_connection_and_no_other() throws Exception {
    try (SupervisedWorld world = SupervisedWorld.start(root)) {
      Guest first = world.guest("first").greet();
      Operation question = read(world.work().resolve("x"));
      for (String hex : malformed()) {
        first.connect("bad");
        first.sendRaw("bad", hex);
        assertThat(first.receive("bad")).as(hex).isNull();
        first.close("bad");
        assertThat(((Frame.Verdict) first.ask(question)).answer()).isEqualTo(Answer.ALLOW);
      }
      await().until(() -> world.audit("reporter.suspicious").size() == malformed().size());
    }
  }

  @Test
  void a_frame_may_come_in_pieces() throws Exception {
    try (SupervisedWorld world = SupervisedWorld.start(root)) {
      Guest first = world.guest("first");
      first.connect("slow");
      String all =
          hex(new Frame.Hello(Front.PRELOAD, Coverage.LIBC, OptionalInt.empty()))
              + hex(new Frame.Ask(1, 1, read(Path.of("/x")), false));
      for (int i = 0; i < all.length(); i += 2) {
        first.sendRaw("slow", all.substring(i, i + 2));
      }
      assertThat(((Frame.Verdict) first.receive("slow")).answer()).isEqualTo(Answer.ALLOW);
    }
  }

  private static String hex(Frame frame) {
    ByteBuffer bytes = FrameEncoder.encode(frame);
    byte[] content = new byte[bytes.remaining()];
    bytes.get(content);
    return HexFormat.of().formatHex(content);
  }

  @Test
  void a_stranger_gets_no_answer_whatever_it_says() throws Exception {
    try (SupervisedWorld world = SupervisedWorld.start(root)) {
      world.guest("first").greet();
      try (SocketChannel stranger = SocketChannel.open(StandardProtocolFamily.UNIX)) {
        stranger.connect(UnixDomainSocketAddress.of(world.socket()));
        ByteBuffer answer = ByteBuffer.allocate(64);
        assertThat(readOrReset(stranger, answer)).isEqualTo(-1);
      }
      await().until(() -> world.audit("reporter.suspicious").size() == 1);
    }
  }

  private static int readOrReset(SocketChannel channel, ByteBuffer buffer) {
    try {
      return channel.read(buffer);
    } catch (IOException e) {
      return -1;
    }
  }

  @Test
  void nobody_else_can_pass_for_the_gate() throws Exception {
    try (SupervisedWorld world = SupervisedWorld.start(root)) {
      Guest first = world.guest("first");
      first.connect("0");
      first.send(new Frame.Hello(Front.GATE, Coverage.EXEC, OptionalInt.empty()));
      assertThat(first.receive()).isNull();
    }
  }

  @Test
  void large_command_lines_are_heard_and_many_half_ones_are_bounded() throws Exception {
    try (SupervisedWorld world = SupervisedWorld.start(root)) {
      Guest first = world.guest("first").greet();
      String[] argv = new String[40_000];
      Arrays.fill(argv, "argument-of-a-long-command-line");
      argv[0] = "true";
      Path program = Path.of("/bin/true").toRealPath();
      Frame answer = first.ask(execute(program, world.work(), argv));
      assertThat(((Frame.Verdict) answer).answer()).isEqualTo(Answer.ALLOW);

      // Headers that promise 8 MiB, with little behind them, cost little here.
      for (int i = 0; i < 100; i++) {
        String connection = "half" + i;
        first.connect(connection);
        first.sendRaw(
            connection, "000080000102000001000000000000000100000000000000" + "00".repeat(64));
      }
      assertThat(((Frame.Verdict) first.ask(read(Path.of("/x")))).answer()).isEqualTo(Answer.ALLOW);
    }
  }
}
