package dev.aegis.launcher.audit;

import java.util.List;

/** JSON Lines: every row as it is, one JSON object a line. */
public final class JsonLines implements ExportFormat {

  @Override
  public List<String> lines(AuditRow row) {
    return List.of(row.json().toString());
  }
}
