package dev.aegis.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the daemon that holds the lock of a home says of itself.
 *
 * @param pid process id
 * @param startTicks start of that process in clock ticks since boot, so that a reused pid shows
 * @param run its run directory
 * @param ready true once its control socket accepts connections
 */
public record LockOwner(long pid, long startTicks, RunDirectory run, boolean ready) {

  /** Read the record of a home; empty when there is none or it makes no sense. */
  public static Optional<LockOwner> read(AegisHome home) throws IOException {
    Map<String, String> entries = new TreeMap<>();
    try {
      for (String line : Files.readAllLines(home.lockOwner())) {
        int equals = line.indexOf('=');
        if (equals > 0) {
          entries.put(line.substring(0, equals), line.substring(equals + 1));
        }
      }
      return Optional.of(
          new LockOwner(
              Long.parseLong(entries.getOrDefault("pid", "")),
              Long.parseLong(entries.getOrDefault("start_ticks", "")),
              new RunDirectory(Path.of(entries.getOrDefault("run", ""))),
              entries.getOrDefault("state", "").equals("ready")));
    } catch (NoSuchFileException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Write the record; only the holder of the lock may. */
  public void write(AegisHome home) throws IOException {
    OwnerOnly.write(
        home.lockOwner(),
        "pid=%d\nstart_ticks=%d\nrun=%s\nstate=%s\n"
            .formatted(pid, startTicks, run.path(), ready ? "ready" : "starting"));
  }

  /** Tell whether that very process is still there, by the kernel's word. */
  public boolean isAlive() {
    try {
      return startTicksOf(pid) == startTicks;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Read the start of a process from /proc.
   *
   * @return clock ticks since boot
   */
  public static long startTicksOf(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    /* The name of the program stands in parentheses and may hold anything: count from the last one. */
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    int startTimeAfterName = 19;
    return Long.parseLong(fields[startTimeAfterName]);
  }
}
