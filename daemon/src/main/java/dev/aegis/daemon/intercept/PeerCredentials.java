package dev.aegis.daemon.intercept;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;

/**
 * Who is at the other end of a Unix socket, by the word of the kernel at the time of the connect.
 *
 * @param pid process that connected
 * @param uid its effective user
 * @param gid its effective group
 */
public record PeerCredentials(int pid, int uid, int gid) {

  private static final int SOL_SOCKET = 1;
  private static final int SO_PEERCRED = 17;
  private static final int UCRED_BYTES = 12;
  private static final Method DESCRIPTOR = descriptor();

  /**
   * Ask the kernel.
   *
   * @throws IOException when the channel is closed or is no Unix socket
   */
  public static PeerCredentials of(SocketChannel channel) throws IOException {
    byte[] ucred = new byte[UCRED_BYTES];
    try {
      int descriptor = (int) DESCRIPTOR.invoke(channel);
      LibC.getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, ucred, new int[] {UCRED_BYTES});
    } catch (LastErrorException e) {
      throw new IOException("the kernel does not say who connected: " + e.getMessage(), e);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IOException("the descriptor of a socket cannot be read", e);
    }
    ByteBuffer fields = ByteBuffer.wrap(ucred).order(ByteOrder.nativeOrder());
    PeerCredentials peer = new PeerCredentials(fields.getInt(), fields.getInt(), fields.getInt());
    if (peer.pid <= 0) {
      throw new IOException("the kernel does not say who connected");
    }
    return peer;
  }

  /* NIO knows no SO_PEERCRED; java.base opens this package to us on the command line. */
  private static Method descriptor() {
    try {
      Method method = Class.forName("sun.nio.ch.SelChImpl").getMethod("getFDVal");
      method.setAccessible(true);
      return method;
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /* A record may not have native methods of its own. */
  private static final class LibC {
    static {
      Native.register(LibC.class, "c");
    }

    private LibC() {}

    static native int getsockopt(int descriptor, int level, int name, byte[] value, int[] length)
        throws LastErrorException;
  }
}
