package dev.aegis.launcher.os;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Signals of this process led to a handler while it is open, and back to what they did before.
 *
 * <p>A signal that was ignored when this process started (nohup) stays ignored.
 */
public final class SignalRoute implements AutoCloseable {

  private final JdkSignals signals = new JdkSignals();
  private final Map<String, Object> before = new LinkedHashMap<>();

  /** Leads a signal (its name without SIG) to a handler, which runs in a thread of its own. */
  public SignalRoute lead(String name, Runnable handler) {
    Object previous = signals.handle(name, signals.handler(handler));
    if (signals.isIgnore(previous)) {
      signals.handle(name, previous);
    } else {
      before.putIfAbsent(name, previous);
    }
    return this;
  }

  /** Takes a signal without effect: it is meant for the wrapped program, which gets it as well. */
  public SignalRoute passOver(String name) {
    return lead(name, () -> {});
  }

  /** Gives a signal its default effect until it is led again. */
  public void defaultEffect(String name) {
    signals.handle(name, signals.defaultHandler());
  }

  @Override
  public void close() {
    before.forEach(signals::handle);
    before.clear();
  }
}
