package dev.aegis.daemon.pipeline;

import dev.aegis.operation.Floor;
import dev.aegis.operation.Operation;
import dev.aegis.operation.Operation.Execute;
import dev.aegis.operation.Operation.FileAccess;
import dev.aegis.operation.Operation.Signal;
import dev.aegis.operation.Operation.SocketAccess;
import dev.aegis.operation.Operation.SystemCall;
import dev.aegis.policy.command.Quoting;
import java.util.List;
import java.util.Optional;

/** One line that says what an operation would do. */
final class Sentences {

  private static final int LONGEST = 4096;

  private Sentences() {}

  static String of(Operation operation) {
    String line = line(operation);
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 1) + "\u2026";
  }

  private static String line(Operation operation) {
    if (operation instanceof Execute execute) {
      return Quoting.quote(execute.argv().isEmpty() ? List.of(execute.path()) : execute.argv());
    }
    if (operation instanceof FileAccess access) {
      return access(access);
    }
    if (operation instanceof SocketAccess access) {
      return access.kind().tool()
          + " "
          + access.unixPath().orElseGet(() -> access.host() + " port " + access.port());
    }
    if (operation instanceof Signal signal) {
      return "send signal " + signal.signal() + " to " + signal.target();
    }
    SystemCall call = (SystemCall) operation;
    return call.call() + call.path().map(path -> " " + path).orElse("");
  }

  private static String access(FileAccess access) {
    String path = Quoting.quote(List.of(access.path()));
    Optional<String> other = access.otherPath().map(text -> Quoting.quote(List.of(text)));
    return switch (access.kind()) {
      case READ_FILE -> "read " + path;
      case WRITE_FILE -> (access.identity().isPresent() ? "write " : "create ") + path;
      case DELETE_FILE -> "delete " + path;
      case MOVE_FILE -> "move " + path + other.map(text -> " to " + text).orElse("");
      case CHANGE_MODE -> "change " + path + " to mode " + Integer.toOctalString(access.mode());
      default -> access.call() + " " + path;
    };
  }

  /** Say why somebody is asked, and what the kernel refuses even when they approve. */
  static String why(Operation operation, String reason, Floor floor) {
    return operation instanceof Signal && floor == Floor.SCOPE
        ? reason + "; even approved it fails: the kernel's floor lets no signal out of this session"
        : reason;
  }
}
