package dev.aegis.launcher.audit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** ArcSight's Common Event Format, version 0, one event an operation. */
public final class Cef implements ExportFormat {

  private static final int MOST = 1_023;
  private static final int TEN = 10;

  private final String version;
  private final String host;

  /**
   * The format for one machine.
   *
   * @param version of Aegis
   * @param host name of this machine
   */
  public Cef(String version, String host) {
    this.version = version;
    this.host = host;
  }

  @Override
  public List<String> lines(AuditRow row) {
    return row.single().stream().map(this::line).toList();
  }

  private String line(AuditRow row) {
    String header =
        String.join(
            "|",
            "CEF:0",
            "Aegis",
            "Aegis",
            headerField(version),
            headerField(row.kind()),
            headerField(row.kind().replace('.', ' ').replace('_', ' ')),
            Integer.toString(severity(row)));
    return header
        + "|"
        + extension(row).entrySet().stream()
            .filter(entry -> !entry.getValue().isEmpty())
            .map(entry -> entry.getKey() + "=" + extensionValue(entry.getValue()))
            .collect(Collectors.joining(" "));
  }

  /* 0 to 10: what was refused is at least medium. */
  private static int severity(AuditRow row) {
    int risk = row.risk().orElse(0) / TEN;
    return row.isDenial() ? Math.max(5, risk) : risk;
  }

  private Map<String, String> extension(AuditRow row) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("rt", Long.toString(row.at().toEpochMilli()));
    fields.put("externalId", Long.toString(row.sequence()));
    fields.put("dvchost", host);
    fields.put("act", row.text("state"));
    fields.put("outcome", row.isDenial() ? "failure" : "success");
    fields.put("reason", row.text("reason"));
    fields.put("spid", row.text("pid"));
    fields.put("sproc", row.text("program"));
    fields.put("suser", row.text("decided_by"));
    fields.put("filePath", row.text("path"));
    labelled(fields, "cs1", "session", row.session());
    labelled(fields, "cs2", "command", row.text("command"));
    labelled(fields, "cs3", "rule", row.text("rule"));
    labelled(fields, "cs4", "categories", String.join(" ", row.categories()));
    labelled(fields, "cs5", "channel", row.text("channel"));
    labelled(fields, "cs6", "chainCode", row.json().path("mac").asText());
    labelled(fields, "cn1", "risk", row.risk().map(String::valueOf).orElse(""));
    return fields;
  }

  private static void labelled(
      Map<String, String> fields, String name, String label, String value) {
    fields.put(name + "Label", value.isEmpty() ? "" : label);
    fields.put(name, value);
  }

  private static String headerField(String text) {
    return text.replace("\\", "\\\\").replace("|", "\\|").replace('\n', ' ').replace('\r', ' ');
  }

  private static String extensionValue(String text) {
    String cut = text.length() > MOST ? text.substring(0, end(text)) : text;
    return cut.replace("\\", "\\\\").replace("=", "\\=").replace("\n", "\\n").replace("\r", "\\r");
  }

  private static int end(String text) {
    return Character.isHighSurrogate(text.charAt(MOST - 1)) ? MOST - 1 : MOST;
  }
}
