package dev.aegis.daemon.kernel;

import dev.aegis.operation.FileIdentity;
import dev.aegis.wire.WireText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What runs in a process whose executable is the loader: the file that is mapped where the kernel
 * says that the code of the process begins. The loader tells the kernel so before the program runs.
 *
 * @param path of the file, as the kernel writes it
 * @param device of the file, as stat shows it
 * @param inode of the file
 */
public record LoadedProgram(String path, long device, long inode) {

  private static final Logger LOG = LoggerFactory.getLogger(LoadedProgram.class);

  /* Counted from the state, the first after the name in parentheses. */
  private static final int START_CODE = 23;
  private static final int DEVICE = 3;
  private static final int INODE = 4;
  private static final int PATH = 5;

  /** Look at a process; empty when it is gone, or the kernel shows nothing of it. */
  public static Optional<LoadedProgram> of(int pid) {
    Path process = Path.of("/proc", Integer.toString(pid));
    try {
      String stat = latin(process.resolve("stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", START_CODE + 2);
      long code = Long.parseUnsignedLong(fields[START_CODE]);
      return latin(process.resolve("maps"))
          .lines()
          .filter(line -> holds(line, code))
          .findFirst()
          .flatMap(line -> read(pid, line));
    } catch (IOException e) {
      LOG.debug("process {} cannot be looked into", pid, e);
      return Optional.empty();
    }
  }

  private static String latin(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
  }

  private static boolean holds(String line, long address) {
    int dash = line.indexOf('-');
    long from = Long.parseUnsignedLong(line, 0, dash, 16);
    long end = Long.parseUnsignedLong(line, dash + 1, line.indexOf(' '), 16);
    return Long.compareUnsigned(from, address) <= 0 && Long.compareUnsigned(address, end) < 0;
  }

  private static Optional<LoadedProgram> read(int pid, String line) {
    String[] fields = line.split(" +", PATH + 1);
    if (fields.length <= PATH || !fields[PATH].startsWith("/")) {
      return Optional.empty();
    }
    long inode = Long.parseLong(fields[INODE]);
    String path =
        WireText.decode(ByteBuffer.wrap(fields[PATH].getBytes(StandardCharsets.ISO_8859_1)));
    /* Some file systems show another device here than stat does. */
    long device =
        KernelFiles.identifyTarget("/proc/" + pid + "/root" + path)
            .filter(identity -> identity.inode() == inode)
            .map(FileIdentity::device)
            .orElseGet(() -> device(fields[DEVICE]));
    return Optional.of(new LoadedProgram(path, device, inode));
  }

  private static long device(String field) {
    int colon = field.indexOf(':');
    return KernelFiles.device(
        Integer.parseInt(field, 0, colon, 16),
        Integer.parseInt(field, colon + 1, field.length(), 16));
  }
}
