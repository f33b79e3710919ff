package dev.aegis.daemon.core;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aegis.daemon.audit.Redactor;

/** One log entry as one JSON object: time, level, logger, thread, message, and stack trace. */
final class JsonLine extends LayoutBase<ILoggingEvent> {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Redactor redactor = new Redactor();

  @Override
  public String doLayout(ILoggingEvent event) {
    ObjectNode line =
        JSON.createObjectNode()
            .put("time", event.getInstant().toString())
            .put("level", LogSetup.levelName(event.getLevel()))
            .put("logger", event.getLoggerName())
            .put("thread", event.getThreadName())
            .put("message", redactor.redact(event.getFormattedMessage()));
    if (event.getThrowableProxy() != null) {
      line.put("trace", ThrowableProxyUtil.asString(event.getThrowableProxy()));
    }
    return line + "\n";
  }
}
