package dev.aegis.daemon.kernel;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sockets that somebody listens at, in the network namespace of one process, and who that is.
 */
public final class ListeningSockets {

  private static final Logger LOG = LoggerFactory.getLogger(ListeningSockets.class);

  /* Columns of /proc/PID/net/unix and /proc/PID/net/tcp. */
  private static final int UNIX_FLAGS = 3;
  private static final int UNIX_INODE = 6;
  private static final int UNIX_PATH = 7;
  private static final int ACCEPTS = 0x10000;
  private static final int TCP_LOCAL = 1;
  private static final int TCP_STATE = 3;
  private static final int TCP_INODE = 9;
  private static final String LISTENS = "0A";

  private final Path net;

  private ListeningSockets(Path net) {
    this.net = net;
  }

  /** Return those that a process can reach. */
  public static ListeningSockets seenBy(int pid) {
    return new ListeningSockets(Path.of("/proc", Integer.toString(pid), "net"));
  }

  /** Find the socket that listens under a name; {@code @} begins an abstract one. */
  public Optional<String> unix(String path) {
    for (String line : lines("unix")) {
      String[] columns = line.trim().split(" +", UNIX_PATH + 1);
      if (columns.length > UNIX_PATH
          && columns[UNIX_PATH].equals(path)
          && (Integer.parseUnsignedInt(columns[UNIX_FLAGS], 16) & ACCEPTS) != 0) {
        return Optional.of(columns[UNIX_INODE]);
      }
    }
    return Optional.empty();
  }

  /** Find the socket that listens at a port of TCP, whatever its address. */
  public Optional<String> tcp(int port) {
    String suffix = ":%04X".formatted(port);
    for (String table : List.of("tcp", "tcp6")) {
      for (String line : lines(table)) {
        String[] columns = line.trim().split(" +", -1);
        if (columns.length > TCP_INODE
            && columns[TCP_STATE].equals(LISTENS)
            && columns[TCP_LOCAL].endsWith(suffix)) {
          return Optional.of(columns[TCP_INODE]);
        }
      }
    }
    return Optional.empty();
  }

  private List<String> lines(String table) {
    try {
      return Files.readAllLines(net.resolve(table), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      LOG.debug("{} cannot be read", net.resolve(table), e);
      return List.of();
    }
  }

  /** Find the first of these processes that holds a socket. */
  public static OptionalInt holder(String inode, Collection<Integer> pids) {
    String link = "socket:[" + inode + "]";
    return pids.stream().mapToInt(Integer::intValue).filter(pid -> holds(pid, link)).findFirst();
  }

  /** Find the first process of this machine that holds a socket, as far as the kernel shows. */
  public static OptionalInt holder(String inode) {
    return holder(inode, ProcessHandle.allProcesses().map(handle -> (int) handle.pid()).toList());
  }

  private static boolean holds(int pid, String link) {
    Path descriptors = Path.of("/proc", Integer.toString(pid), "fd");
    try (DirectoryStream<Path> all = Files.newDirectoryStream(descriptors)) {
      for (Path descriptor : all) {
        if (KernelFiles.readLink(descriptor.toString()).filter(link::equals).isPresent()) {
          return true;
        }
      }
    } catch (IOException | java.nio.file.DirectoryIteratorException e) {
      LOG.trace("the descriptors of {} are not shown", pid, e);
    }
    return false;
  }
}
