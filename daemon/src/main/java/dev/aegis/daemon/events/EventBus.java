package dev.aegis.daemon.events;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tell everybody who wants to hear it, on the publisher's own thread. Listeners must not block; one
 * that fails is logged and harms nobody else.
 */
public final class EventBus {

  private static final Logger LOG = LoggerFactory.getLogger(EventBus.class);

  private final List<Listener<?>> listeners = new CopyOnWriteArrayList<>();

  private record Listener<E>(Class<E> type, Consumer<? super E> consumer) {
    void hear(Object event) {
      if (type.isInstance(event)) {
        consumer.accept(type.cast(event));
      }
    }
  }

  /** A listener's place, which it gives up by closing. */
  @FunctionalInterface
  public interface Place extends AutoCloseable {
    @Override
    void close();
  }

  /** Hear every event of a type, subtypes included. */
  public <E> Place subscribe(Class<E> type, Consumer<? super E> consumer) {
    Listener<E> listener = new Listener<>(type, consumer);
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  /** Tell an event. */
  public void publish(Object event) {
    for (Listener<?> listener : listeners) {
      try {
        listener.hear(event);
      } catch (RuntimeException e) {
        LOG.error("a listener failed on {}", event.getClass().getSimpleName(), e);
      }
    }
  }
}
