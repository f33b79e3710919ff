package dev.aegis.daemon.kernel;

import dev.aegis.wire.WireText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is mounted where, as one process sees it at one moment. */
public final class Mounts {

  private static final Logger LOG = LoggerFactory.getLogger(Mounts.class);

  /* Fields of a line of /proc/PID/mountinfo. */
  private static final int DEVICE = 2;
  private static final int ROOT = 3;
  private static final int POINT = 4;
  private static final int NEEDED = 5;

  private static final Set<String> IN_MEMORY = Set.of("tmpfs", "ramfs", "devpts", "mqueue");

  /* A mount shows a device from one of its directories, the root, downwards. */
  private record Mount(String device, String root, String point, String type) {}

  private final List<Mount> mounts;

  private Mounts(List<Mount> mounts) {
    this.mounts = mounts;
  }

  /** Look at a process; what cannot be read counts as nothing mounted. */
  public static Mounts of(int pid) {
    Path file = Path.of("/proc", Integer.toString(pid), "mountinfo");
    try {
      return read(Files.readAllLines(file, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      LOG.debug("the mounts of {} cannot be read", pid, e);
      return new Mounts(List.of());
    }
  }

  static Mounts read(List<String> lines) {
    List<Mount> mounts = new ArrayList<>();
    for (String line : lines) {
      String[] fields = line.split(" ", NEEDED + 1);
      if (fields.length > NEEDED) {
        mounts.add(
            new Mount(
                fields[DEVICE], unescaped(fields[ROOT]), unescaped(fields[POINT]), typeIn(line)));
      }
    }
    return new Mounts(mounts);
  }

  /** Return the devices of all that is mounted, as {@code major:minor}. */
  public Set<String> devices() {
    return mounts.stream().map(Mount::device).collect(Collectors.toUnmodifiableSet());
  }

  /** Return the device of what a path lies on, when that is a file system in memory. */
  public Optional<String> memoryUnder(String path) {
    return top(path).filter(mount -> IN_MEMORY.contains(mount.type())).map(Mount::device);
  }

  /** Find the name that a path of ours has where these other mounts are; empty when it has none. */
  public Optional<String> nameAmong(Mounts others, String path) {
    return top(path)
        .flatMap(mount -> others.nameOf(mount.device(), moved(path, mount.point(), mount.root())));
  }

  private Optional<String> nameOf(String device, String inside) {
    for (Mount mount : mounts) {
      if (mount.device().equals(device) && holds(mount.root(), inside)) {
        String name = moved(inside, mount.root(), mount.point());
        if (top(name).filter(mount::equals).isPresent()) {
          return Optional.of(name);
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Mount> top(String path) {
    // In the order in which they were made: what came later hides what lies below it.
    Mount top = null;
    for (Mount mount : mounts) {
      if (holds(mount.point(), path)) {
        top = mount;
      }
    }
    return Optional.ofNullable(top);
  }

  private static String moved(String path, String from, String to) {
    String rest = from.equals("/") ? path : path.substring(from.length());
    String name = to.equals("/") ? rest : to + (rest.equals("/") ? "" : rest);
    return name.isEmpty() ? "/" : name;
  }

  private static String typeIn(String line) {
    int separator = line.indexOf(" - ");
    return separator < 0 ? "" : line.substring(separator + 3).split(" ", 2)[0];
  }

  private static boolean holds(String point, String path) {
    return point.equals("/")
        || path.equals(point)
        || (path.startsWith(point) && path.charAt(point.length()) == '/');
  }

  /* Space, tab, newline and backslash stand as three octal digits. */
  private static String unescaped(String field) {
    ByteBuffer bytes = ByteBuffer.allocate(field.length());
    for (int i = 0; i < field.length(); i++) {
      if (field.charAt(i) == '\\' && i + 3 < field.length()) {
        bytes.put((byte) Integer.parseInt(field, i + 1, i + 4, 8));
        i += 3;
      } else {
        bytes.put((byte) field.charAt(i));
      }
    }
    return WireText.decode(bytes.flip());
  }
}
