package dev.aegis.daemon.kernel;

import dev.aegis.daemon.store.ProcessKey;
import dev.aegis.operation.FileIdentity;
import dev.aegis.wire.WireText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What {@code /proc} says of one process at one moment.
 *
 * @param key pid and start
 * @param parent pid of its parent now
 */
public record ProcessFacts(ProcessKey key, int parent) {

  private static final String PATH = "PATH=";

  private static final Logger LOG = LoggerFactory.getLogger(ProcessFacts.class);

  private static final int STATE = 0;
  private static final int PARENT = 1;
  private static final int THREADS = 17;
  private static final int START = 19;

  /** Look at a process; empty when there is none, or only a zombie that can do nothing more. */
  public static Optional<ProcessFacts> of(int pid) {
    Optional<String> text = ProcessFile.read(pid, "stat");
    if (text.isEmpty()) {
      return Optional.empty();
    }
    String stat = text.get();
    // The name in parentheses may hold anything, parentheses and spaces included.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", START + 2);
    // A first thread that has ended is a zombie while other threads go on.
    boolean ended = fields[STATE].equals("Z") && Integer.parseInt(fields[THREADS]) <= 1;
    if (ended || fields[STATE].equals("X")) {
      return Optional.empty();
    }
    return Optional.of(
        new ProcessFacts(
            new ProcessKey(pid, Long.parseLong(fields[START])), Integer.parseInt(fields[PARENT])));
  }

  /** Tell whether this very process still runs. */
  public static boolean isAlive(ProcessKey key) {
    return of(key.pid()).map(facts -> facts.key().equals(key)).orElse(false);
  }

  /** Return the effective user of this process. */
  public static int ownUser() {
    return LibC.geteuid();
  }

  /** Return the children that a process has now, in no order. */
  public static List<ProcessKey> children(int pid) {
    List<ProcessKey> children = new ArrayList<>();
    try (DirectoryStream<Path> threads =
        Files.newDirectoryStream(Path.of("/proc", Integer.toString(pid), "task"))) {
      for (Path thread : threads) {
        for (String child : Files.readString(thread.resolve("children")).trim().split(" ", -1)) {
          if (!child.isEmpty()) {
            of(Integer.parseInt(child)).map(ProcessFacts::key).ifPresent(children::add);
          }
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      LOG.debug("the children of {} cannot be listed", pid, e);
    }
    return children;
  }

  /** Return the executable that a process runs, as a path; empty when it is gone. */
  public static Optional<String> executable(int pid) {
    return KernelFiles.readLink("/proc/" + pid + "/exe");
  }

  /** Identify the executable that a process runs, even when its name is gone. */
  public static Optional<FileIdentity> executableIdentity(int pid) {
    return KernelFiles.identifyTarget("/proc/" + pid + "/exe");
  }

  /** Return the command line that a process shows of itself, which it may have changed. */
  public static List<String> commandLine(int pid) {
    return words(pid, "cmdline");
  }

  /**
   * Return where a process looked for programs when its own began: its PATH, with {@code .} for the
   * working directory. Empty when that cannot be read.
   */
  public static List<String> searchPath(int pid) {
    return environment(pid).stream()
        .filter(variable -> variable.startsWith(PATH))
        .findFirst()
        .map(variable -> variable.substring(PATH.length()).split(":", -1))
        .map(places -> Arrays.stream(places).map(place -> place.isEmpty() ? "." : place).toList())
        .orElse(List.of());
  }

  /**
   * Return the variables that a process began with, which it may have changed; empty when that
   * cannot be read.
   */
  public static List<String> environment(int pid) {
    return words(pid, "environ");
  }

  private static List<String> words(int pid, String file) {
    List<String> words = new ArrayList<>();
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(Path.of("/proc", Integer.toString(pid), file));
    } catch (IOException e) {
      // The process is gone: it has no words any more.
      return words;
    }
    int start = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == 0) {
        words.add(WireText.decode(ByteBuffer.wrap(bytes, start, i - start)));
        start = i + 1;
      }
    }
    return words;
  }
}
