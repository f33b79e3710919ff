package dev.aegis.launcher.audit;

import java.util.Map;

/**
 * The class and activity of OCSF that a row stands for.
 *
 * @param name of an activity that the framework has no number for, else empty
 * @param about which object of the class says what it is about
 */
record OcsfActivity(
    int classUid, String className, int categoryUid, int activity, String name, About about) {

  private static final int OTHER = 99;
  private static final Map<String, OcsfActivity> OPERATIONS =
      Map.ofEntries(
          Map.entry("read_file", file(2)),
          Map.entry("write_file", file(3)),
          Map.entry("delete_file", file(4)),
          Map.entry("move_file", file(5)),
          Map.entry("change_mode", file(7)),
          Map.entry("mount", file(12)),
          Map.entry("execute", process(1)),
          Map.entry("signal", process(OTHER)),
          Map.entry("trace", process(3)),
          Map.entry("system", process(OTHER)),
          Map.entry("connect", network(1)),
          Map.entry("bind", network(7)));
  private static final int CREATE = 1;
  private static final int UPDATE = 3;

  /** Which object says what an event is about. */
  enum About {
    FILE,
    PROCESS,
    ENDPOINT,
    ENTITY
  }

  private static OcsfActivity file(int activity) {
    return new OcsfActivity(1001, "File System Activity", 1, activity, "", About.FILE);
  }

  private static OcsfActivity process(int activity) {
    return new OcsfActivity(1007, "Process Activity", 1, activity, "", About.PROCESS);
  }

  private static OcsfActivity network(int activity) {
    return new OcsfActivity(4001, "Network Activity", 4, activity, "", About.ENDPOINT);
  }

  private static OcsfActivity entity(int activity) {
    return new OcsfActivity(3004, "Entity Management", 3, activity, "", About.ENTITY);
  }

  static OcsfActivity of(AuditRow row) {
    if (row.kind().startsWith("operation.")) {
      OcsfActivity known = OPERATIONS.getOrDefault(row.text("tool"), process(OTHER));
      return known.activity() == OTHER ? known.named(row.text("tool")) : known;
    }
    boolean begins = row.kind().endsWith(".opened") || row.kind().endsWith(".started");
    return entity(begins ? CREATE : UPDATE);
  }

  private OcsfActivity named(String word) {
    return new OcsfActivity(classUid, className, categoryUid, activity, word, about);
  }

  boolean isOperation() {
    return about != About.ENTITY;
  }

  String categoryName() {
    return switch (categoryUid) {
      case 1 -> "System Activity";
      case 3 -> "Identity & Access Management";
      default -> "Network Activity";
    };
  }
}
