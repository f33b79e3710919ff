package dev.aegis.daemon.intercept;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeerCredentialsTests {

  @TempDir private Path directory;

  @Test
  void the_kernel_names_the_process_that_connected() throws Exception {
    UnixDomainSocketAddress address = UnixDomainSocketAddress.of(directory.resolve("s"));
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(address);
      Process python =
          new ProcessBuilder(
                  "python3",
                  "-c",
                  "import socket, sys; s = socket.socket(socket.AF_UNIX); s.connect(sys.argv[1]); s.recv(1)",
                  address.getPath().toString())
              .start();
      try (SocketChannel accepted = server.accept()) {
        PeerCredentials peer = PeerCredentials.of(accepted);

        assertThat(peer.pid()).isEqualTo((int) python.pid());
        assertThat(peer.uid()).isEqualTo(Files.getAttribute(directory, "unix:uid"));
      }
      assertThat(python.waitFor()).isZero();
    }
  }

  @Test
  void a_closed_channel_is_an_error_and_no_stranger() throws Exception {
    SocketChannel closed = SocketChannel.open(StandardProtocolFamily.UNIX);
    closed.close();

    assertThatThrownBy(() -> PeerCredentials.of(closed)).isInstanceOf(IOException.class);
  }
}
