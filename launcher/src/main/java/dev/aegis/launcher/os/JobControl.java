package dev.aegis.launcher.os;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** This process as a job of the user's shell. */
public final class JobControl {

  /**
   * The fields of /proc/PID/stat that job control needs.
   *
   * @param parent process id of the parent
   * @param group process group
   * @param session session
   */
  private record Kin(int parent, int group, int session) {}

  private JobControl() {}

  /** Stops the whole job, as Ctrl-Z in the user's terminal does. */
  public static void stopJob() {
    Libc.kill(0, SignalNumber.TSTP);
  }

  /** Stops this process in a way that cannot be ignored. */
  public static void stopSelf() {
    Libc.kill(Libc.getpid(), SignalNumber.STOP);
  }

  /**
   * Whether a shell stands behind this job that could continue it. An orphaned group has none: the
   * kernel does not stop it on Ctrl-Z.
   */
  public static boolean canBeStopped() throws IOException {
    Kin self = kin(Libc.getpid());
    int next = self.parent();
    while (next > 1) {
      Kin parent = kin(next);
      if (parent.session() != self.session()) {
        return false;
      }
      if (parent.group() != self.group()) {
        return true;
      }
      next = parent.parent();
    }
    return false;
  }

  private static Kin kin(int pid) throws IOException {
    byte[] stat = Files.readAllBytes(Path.of("/proc", Integer.toString(pid), "stat"));
    String text = new String(stat, StandardCharsets.ISO_8859_1);
    String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
    return new Kin(
        Integer.parseInt(fields[1]), Integer.parseInt(fields[2]), Integer.parseInt(fields[3]));
  }
}
