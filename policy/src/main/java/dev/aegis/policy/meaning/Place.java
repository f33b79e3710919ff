package dev.aegis.policy.meaning;

/** Where a path lies, as far as a decision cares. */
enum Place {
  WORKSPACE("workspace", "in the workspace"),
  SCRATCH("scratch", "in a temporary or cache directory"),
  OWN_STATE("own_state", "state of the wrapped program"),
  TOOL_STATE("tool_state", "cache or history of a tool"),
  TERMINAL("terminal", "a terminal or a harmless device"),
  PROCESS("process", "about a process of this session"),
  FOREIGN_PROCESS("foreign_process", "about a process outside this session"),
  HOME("home", "in the home directory, outside the workspace"),
  MACHINE("machine", "belongs to the machine"),
  ELSEWHERE("elsewhere", "outside the workspace");

  private final String word;
  private final String text;

  Place(String word, String text) {
    this.word = word;
    this.text = text;
  }

  /** Return the last word of a category such as {@code file.write.workspace}. */
  String word() {
    return word;
  }

  /** Return what a person reads. */
  String text() {
    return text;
  }
}
