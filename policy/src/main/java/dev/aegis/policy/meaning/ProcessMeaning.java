package dev.aegis.policy.meaning;

import dev.aegis.operation.Operation.Signal;
import dev.aegis.operation.Operation.SystemCall;
import dev.aegis.operation.OperationKind;
import dev.aegis.policy.Surroundings;

/** What signals, tracing, mounts and other system calls mean. */
final class ProcessMeaning {
  private static final Meaning INSIDE = Meaning.of("signal.session", 0, "");
  private static final Meaning PROBE = Meaning.of("signal.probe", 0, "");
  private static final Meaning OUTSIDE =
      Meaning.of("signal.outside", 60, "the process is not of this session");
  private static final Meaning BROADCAST =
      Meaning.of("signal.outside", 90, "every process that the user may signal");
  private static final Meaning TRACE_INSIDE = Meaning.of("trace.session", 5, "");
  private static final Meaning TRACE_OUTSIDE =
      Meaning.of("supervision.foreign_process", 90, "takes over a process outside this session");
  private static final Meaning MOUNT = Meaning.of("system.mount", 85, "changes what paths mean");
  private static final Meaning PRIVATE_MOUNT =
      Meaning.of("mount.session", 10, "in a mount namespace of this session");
  private static final Meaning NAMESPACE =
      Meaning.of("namespace.own", 20, "a name space of its own, as sandboxes and containers make");
  private static final Meaning JOIN =
      Meaning.of("supervision.escape.namespace", 75, "goes over to a name space that others made");
  private static final Meaning SYSTEM = Meaning.of("system.change", 90, "changes the machine");

  private ProcessMeaning() {}

  static Subject of(Signal signal, String program, Surroundings s) {
    return subject(
        signal.kind(),
        "send signal " + signal.signal() + " to " + signal.target(),
        "",
        program,
        meaning(signal, s));
  }

  private static Meaning meaning(Signal signal, Surroundings s) {
    int target = signal.target();
    if (signal.signal() == 0) {
      return PROBE;
    }
    if (target == -1) {
      return BROADCAST;
    }
    return target == 0 || (target != Integer.MIN_VALUE && s.inSession(Math.abs(target)))
        ? INSIDE
        : OUTSIDE;
  }

  static Subject of(SystemCall call, String program, Surroundings s) {
    String path = call.path().orElse("");
    String text =
        call.call()
            + (path.isEmpty() ? "" : " " + path)
            + (call.target() == 0 ? "" : " on process " + call.target());
    return subject(call.kind(), text, path, program, meaning(call, s));
  }

  private static Meaning meaning(SystemCall call, Surroundings s) {
    if (call.kind() == OperationKind.TRACE) {
      return call.target() <= 0 || s.inSession(call.target()) ? TRACE_INSIDE : TRACE_OUTSIDE;
    }
    if (call.kind() == OperationKind.MOUNT) {
      return s.inOwnMountNamespace() ? PRIVATE_MOUNT : MOUNT;
    }
    return switch (call.call()) {
      case "unshare" -> NAMESPACE;
      case "setns" -> JOIN;
      default -> SYSTEM;
    };
  }

  private static Subject subject(
      OperationKind kind, String text, String path, String program, Meaning meaning) {
    return Subject.ofFile(kind, text, path, "", program, meaning, false);
  }
}
