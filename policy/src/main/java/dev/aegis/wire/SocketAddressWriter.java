package dev.aegis.wire;

import dev.aegis.operation.Operation.SocketAccess;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** Writes the {@code struct sockaddr} of a connection or a listening address. */
final class SocketAddressWriter {

  /* Anything else would be looked up in the network. */
  private static final Pattern NUMERIC =
      Pattern.compile("[0-9]+(\\.[0-9]+){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

  private SocketAddressWriter() {}

  static byte[] write(SocketAccess access) {
    if (access.unixPath().isPresent()) {
      return unix(access.unixPath().get());
    }
    if (!NUMERIC.matcher(access.host()).matches()) {
      throw new IllegalArgumentException("not a numeric address: " + access.host());
    }
    try {
      byte[] host = InetAddress.getByName(access.host()).getAddress();
      boolean four = host.length == 4;
      byte[] content = new byte[four ? 16 : 28];
      FieldWriter.little(content)
          .putShort((short) (four ? 2 : 10))
          .put((byte) (access.port() >> 8))
          .put((byte) access.port())
          .position(four ? 4 : 8)
          .put(host);
      return content;
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("not a numeric address: " + access.host(), e);
    }
  }

  private static byte[] unix(String path) {
    byte[] name = WireText.encode(path);
    boolean inFileSystem = !path.startsWith("@");
    if (!inFileSystem) {
      name[0] = 0;
    }
    byte[] content = new byte[2 + name.length + (inFileSystem ? 1 : 0)];
    FieldWriter.little(content).putShort((short) 1).put(name);
    return content;
  }
}
