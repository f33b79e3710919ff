package dev.aegis.daemon.pipeline;

import dev.aegis.daemon.intercept.Session;
import dev.aegis.daemon.kernel.KernelFiles;
import dev.aegis.daemon.kernel.ProcessFacts;
import dev.aegis.daemon.kernel.ProcessFile;
import dev.aegis.daemon.store.ProcessKey;
import dev.aegis.operation.Operation;
import dev.aegis.operation.Operation.FileAccess;
import dev.aegis.operation.Operation.Signal;
import dev.aegis.operation.Operation.SystemCall;
import dev.aegis.operation.OperationKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The processes that supervise: the daemon, and the launcher and starter of every session. No
 * policy lets a supervised process end, trace or look into them, nor write to the terminal of a
 * launcher.
 */
final class OwnProcesses {

  /* What programs such as ps read of every process. */
  private static final Set<String> PUBLIC =
      Set.of("", "stat", "status", "statm", "cmdline", "comm", "cgroup", "limits", "oom_score");

  private static final String WAITING =
      "a program that waits for people may not be taken over by another";
  private static final int TERMINALS = 3;
  private static final int FIRST_PSEUDO_TERMINALS = 136;
  private static final int LAST_PSEUDO_TERMINALS = 143;
  private static final int CONSOLES = 4;
  private static final String OWN_PIDS = "/proc/self/ns/pid";

  private final int daemon = Math.toIntExact(ProcessHandle.current().pid());
  private final Supplier<List<Session>> sessions;

  OwnProcesses(Supplier<List<Session>> sessions) {
    this.sessions = sessions;
  }

  /** Say what of ours an operation would touch; empty when nothing. */
  Optional<String> touched(Operation operation, int asker) {
    if (operation instanceof FileAccess access) {
      Optional<String> source = byPath(access.path(), access.kind());
      return source.isPresent()
          ? source
          : access.otherPath().flatMap(path -> byPath(path, access.kind()));
    }
    int target =
        operation instanceof Signal signal
            ? signal.target()
            : operation instanceof SystemCall call && call.kind() == OperationKind.TRACE
                ? call.target()
                : 0;
    if (target == 0 || !sharesOurPids(asker)) {
      return Optional.empty();
    }
    if (hits(target)) {
      return Optional.of("the processes of Aegis may not be touched by what they supervise");
    }
    return operation instanceof SystemCall && isGate(target)
        ? Optional.of(WAITING)
        : Optional.empty();
  }

  private boolean isGate(int pid) {
    return sessions.get().stream().anyMatch(session -> session.runsGate(pid));
  }

  private Optional<String> byPath(String path, OperationKind kind) {
    if (path.startsWith("/dev/") && isTerminalOfLauncher(path)) {
      return Optional.of("the terminal that shows the questions is not the wrapped program's");
    }
    if (!path.startsWith("/proc/")) {
      return Optional.empty();
    }
    String[] parts = path.split("/", 4);
    if (isNumber(parts[2])
        && parts.length > 3
        && parts[3].equals("mem")
        && isGate(Integer.parseInt(parts[2]))) {
      return Optional.of(WAITING);
    }
    boolean harmless =
        kind == OperationKind.READ_FILE && PUBLIC.contains(parts.length > 3 ? parts[3] : "");
    return !harmless && isNumber(parts[2]) && hits(Integer.parseInt(parts[2]))
        ? Optional.of("the processes of Aegis may not be looked into by what they supervise")
        : Optional.empty();
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty() && text.length() < 10 && text.chars().allMatch(Character::isDigit);
  }

  private boolean isTerminalOfLauncher(String path) {
    for (Session session : sessions.get()) {
      if (!session.request().terminal()) {
        continue;
      }
      Optional<Integer> launcher = launcher(session);
      if (launcher.isPresent() && path.equals(controllingTerminal(launcher.get()))) {
        return true;
      }
      for (int fd = 0; launcher.isPresent() && fd < TERMINALS; fd++) {
        String descriptor = "/proc/" + launcher.get() + "/fd/" + fd;
        if (KernelFiles.readLink(descriptor).filter(path::equals).isPresent()) {
          return true;
        }
      }
    }
    return false;
  }

  /*
   * From what the kernel shows of any process: the descriptors of one that is not dumpable, as the launcher is,
   * are shown to root alone.
   */
  private static String controllingTerminal(int pid) {
    String stat = read(pid, "stat");
    String[] fields = stat.substring(stat.lastIndexOf(')') + 1).trim().split(" ", 6);
    if (fields.length < 6) {
      return "";
    }
    int device = Integer.parseInt(fields[4]);
    int major = (device >> 8) & 0xfff;
    int minor = (device & 0xff) | ((device >> 12) & 0xfff00);
    if (major >= FIRST_PSEUDO_TERMINALS && major <= LAST_PSEUDO_TERMINALS) {
      return "/dev/pts/" + ((major - FIRST_PSEUDO_TERMINALS) * 256 + minor);
    }
    return major == CONSOLES ? "/dev/tty" + minor : "";
  }

  /* A pid that the kernel takes: a process or one of its threads, a group, or everybody. */
  private boolean hits(int target) {
    List<Integer> own = ours();
    if (target == -1) {
      return true;
    }
    if (target < 0) {
      return own.stream().anyMatch(pid -> groupOf(pid) == -target);
    }
    return own.contains(target) || own.contains(processOfThread(target));
  }

  private List<Integer> ours() {
    List<Integer> own = new ArrayList<>(List.of(daemon));
    for (Session session : sessions.get()) {
      session.starter().map(ProcessKey::pid).ifPresent(own::add);
      launcher(session).ifPresent(own::add);
    }
    return own;
  }

  private static Optional<Integer> launcher(Session session) {
    return session
        .starter()
        .flatMap(key -> ProcessFacts.of(key.pid()).filter(facts -> facts.key().equals(key)))
        .map(ProcessFacts::parent);
  }

  private static boolean sharesOurPids(int pid) {
    return KernelFiles.readLink("/proc/" + pid + "/ns/pid").equals(KernelFiles.readLink(OWN_PIDS));
  }

  private static int groupOf(int pid) {
    String stat = read(pid, "stat");
    String[] fields = stat.substring(stat.lastIndexOf(')') + 1).trim().split(" ", 4);
    return fields.length > 2 ? Integer.parseInt(fields[2]) : 0;
  }

  private static int processOfThread(int tid) {
    return read(tid, "status")
        .lines()
        .filter(line -> line.startsWith("Tgid:"))
        .findFirst()
        .map(line -> Integer.parseInt(line.substring(5).trim()))
        .orElse(0);
  }

  /* A process that is gone cannot be touched. */
  private static String read(int pid, String file) {
    return ProcessFile.read(pid, file).orElse("");
  }
}
