package dev.aegis.daemon.kernel;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;

/**
 * Who connected, by the word of the kernel.
 *
 * @param pid process that called connect, as this process sees it; 0 when it cannot be seen
 * @param uid its effective user then
 */
public record PeerCredentials(int pid, int uid) {

  private static final int SOL_SOCKET = 1;
  private static final int SO_PEERCRED = 17;
  private static final int SIZE_OF_UCRED = 12;

  private static final MethodHandle DESCRIPTOR = descriptorOf();

  /** Ask the kernel who is at the other end of a Unix socket. */
  public static PeerCredentials of(SocketChannel channel) throws IOException {
    byte[] out = new byte[SIZE_OF_UCRED];
    int[] size = {SIZE_OF_UCRED};
    if (LibC.getsockopt(descriptor(channel), SOL_SOCKET, SO_PEERCRED, out, size) != 0
        || size[0] != SIZE_OF_UCRED) {
      throw new IOException("the kernel does not say who connected");
    }
    ByteBuffer in = ByteBuffer.wrap(out).order(ByteOrder.LITTLE_ENDIAN);
    return new PeerCredentials(in.getInt(), in.getInt());
  }

  /** Return the effective user of this process. */
  public static int ownUid() {
    return LibC.geteuid();
  }

  private static int descriptor(SocketChannel channel) throws IOException {
    try {
      return (int) DESCRIPTOR.invoke(channel);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IOException("the descriptor of a socket cannot be read", e);
    }
  }

  private static MethodHandle descriptorOf() {
    try {
      Class<?> channel = Class.forName("sun.nio.ch.SelChImpl");
      return MethodHandles.privateLookupIn(channel, MethodHandles.lookup())
          .findVirtual(channel, "getFDVal", MethodType.methodType(int.class));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "start Java with --add-opens=java.base/sun.nio.ch=ALL-UNNAMED", e);
    }
  }
}
