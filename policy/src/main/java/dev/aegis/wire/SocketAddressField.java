package dev.aegis.wire;

import dev.aegis.operation.Operation;
import dev.aegis.operation.OperationKind;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** Reads the {@code struct sockaddr} of a connection or a listening address. */
final class SocketAddressField {

  private static final int UNIX = 1;
  private static final int INET = 2;
  private static final int INET6 = 10;
  private static final int INET_SIZE = 16;
  private static final int INET6_SIZE = 28;

  private SocketAddressField() {}

  static Operation.SocketAccess read(OperationKind kind, Fields fields)
      throws MalformedFrameException {
    ByteBuffer in = fields.need(Tag.ADDRESS);
    if (in.remaining() < 2) {
      throw new MalformedFrameException(Refusal.FIELD_SIZE, "ADDRESS");
    }
    int family = in.getShort() & 0xFFFF;
    return switch (family) {
      case UNIX -> unix(kind, in, fields.bytes(Tag.PATH));
      case INET -> inet(kind, in, INET_SIZE, 4, 4);
      case INET6 -> inet(kind, in, INET6_SIZE, 8, 16);
      default -> new Operation.SocketAccess(kind, "family-" + family, 0, Optional.empty());
    };
  }

  /* PATH, where it stands, is the socket itself: the address may be relative or a symbolic link. */
  private static Operation.SocketAccess unix(
      OperationKind kind, ByteBuffer in, Optional<String> resolved) {
    ByteBuffer name = in.slice();
    String spelled;
    if (name.hasRemaining() && name.get(0) == 0) {
      spelled = "@" + WireText.decode(name.slice(1, name.remaining() - 1));
    } else {
      int end = 0;
      while (end < name.remaining() && name.get(end) != 0) {
        end++;
      }
      spelled = resolved.orElse(WireText.decode(name.slice(0, end)));
    }
    return new Operation.SocketAccess(kind, "", 0, Optional.of(spelled));
  }

  private static Operation.SocketAccess inet(
      OperationKind kind, ByteBuffer in, int least, int hostOffset, int hostSize)
      throws MalformedFrameException {
    if (in.capacity() < least) {
      throw new MalformedFrameException(Refusal.FIELD_SIZE, "ADDRESS");
    }
    int port = in.duplicate().order(ByteOrder.BIG_ENDIAN).getShort(2) & 0xFFFF;
    byte[] host = new byte[hostSize];
    in.get(hostOffset, host);
    try {
      String numeric = InetAddress.getByAddress(host).getHostAddress();
      return new Operation.SocketAccess(kind, numeric, port, Optional.empty());
    } catch (UnknownHostException e) {
      throw new MalformedFrameException(Refusal.VALUE, "ADDRESS");
    }
  }
}
