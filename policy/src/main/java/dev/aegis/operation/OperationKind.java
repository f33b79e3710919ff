package dev.aegis.operation;

import java.util.Optional;

/** A kind of operation: its number on the wire and its name in rules. */
public enum OperationKind {
  EXECUTE(1, "execute"),
  READ_FILE(2, "read_file"),
  WRITE_FILE(3, "write_file"),
  DELETE_FILE(4, "delete_file"),
  MOVE_FILE(5, "move_file"),
  CHANGE_MODE(6, "change_mode"),
  CONNECT(7, "connect"),
  BIND(8, "bind"),
  SIGNAL(9, "signal"),
  TRACE(10, "trace"),
  MOUNT(11, "mount"),
  SYSTEM(12, "system");

  private final int code;
  private final String tool;

  OperationKind(int code, String tool) {
    this.code = code;
    this.tool = tool;
  }

  /** Return the number that stands for this kind on the wire, 1 to 12. */
  public int code() {
    return code;
  }

  /** Return the name that rules use. */
  public String tool() {
    return tool;
  }

  /** Find the kind with a wire number. */
  public static Optional<OperationKind> ofCode(int code) {
    for (OperationKind kind : values()) {
      if (kind.code == code) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  /** Find the kind that a rule names; {@code bash} is the documented alias of {@code execute}. */
  public static Optional<OperationKind> ofTool(String tool) {
    if (tool.equals("bash")) {
      return Optional.of(EXECUTE);
    }
    for (OperationKind kind : values()) {
      if (kind.tool.equals(tool)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }
}
