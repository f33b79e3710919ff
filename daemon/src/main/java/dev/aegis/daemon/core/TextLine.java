package dev.aegis.daemon.core;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import dev.aegis.daemon.audit.Redactor;

/**
 * One log entry as a line for people: time, level, part of Aegis, message without secrets. The
 * stack trace of a failure stands there only when the log level is DEBUG.
 */
final class TextLine extends LayoutBase<ILoggingEvent> {

  private final Redactor redactor = new Redactor();
  private final boolean withTraces;

  TextLine(Level level) {
    this.withTraces = level.equals(Level.DEBUG);
  }

  @Override
  public String doLayout(ILoggingEvent event) {
    String logger = event.getLoggerName();
    StringBuilder line =
        new StringBuilder()
            .append(event.getInstant())
            .append(' ')
            .append(LogSetup.levelName(event.getLevel()))
            .append(' ')
            .append(logger.substring(logger.lastIndexOf('.') + 1))
            .append(": ")
            .append(redactor.redact(event.getFormattedMessage()).replace("\n", "\n  "));
    IThrowableProxy failure = event.getThrowableProxy();
    if (failure != null) {
      line.append(": ").append(failure.getClassName()).append(": ").append(failure.getMessage());
      if (withTraces) {
        line.append('\n').append(ThrowableProxyUtil.asString(failure));
      }
    }
    return line.append('\n').toString();
  }
}
