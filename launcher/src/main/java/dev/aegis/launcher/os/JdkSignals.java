package dev.aegis.launcher.os;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/**
 * The JDK's way to signals, sun.misc.Signal, which every JDK offers in jdk.unsupported.
 *
 * <p>By reflection, because the compiler's warning about it can neither be suppressed nor kept from
 * being an error.
 */
final class JdkSignals {

  private final Class<?> signal;
  private final Class<?> handler;
  private final Method handle;
  private final Object ignore;
  private final Object defaultHandler;

  JdkSignals() {
    try {
      signal = Class.forName("sun.misc.Signal");
      handler = Class.forName("sun.misc.SignalHandler");
      handle = signal.getMethod("handle", signal, handler);
      ignore = handler.getField("SIG_IGN").get(null);
      defaultHandler = handler.getField("SIG_DFL").get(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this Java has no sun.misc.Signal", e);
    }
  }

  /** Installs a handler and returns the one before. */
  Object handle(String name, Object newHandler) {
    try {
      Object number = signal.getConstructor(String.class).newInstance(name);
      return handle.invoke(null, number, newHandler);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot handle SIG" + name, e);
    }
  }

  Object handler(Runnable action) {
    return Proxy.newProxyInstance(
        JdkSignals.class.getClassLoader(),
        new Class<?>[] {handler},
        (proxy, method, arguments) -> {
          switch (method.getName()) {
            case "handle" -> {
              action.run();
              return null;
            }
            case "equals" -> {
              return proxy == arguments[0];
            }
            case "hashCode" -> {
              return System.identityHashCode(proxy);
            }
            default -> {
              return "handler of a signal";
            }
          }
        });
  }

  Object defaultHandler() {
    return defaultHandler;
  }

  boolean isIgnore(Object candidate) {
    return candidate == ignore;
  }
}
