package dev.aegis.daemon.pipeline;

import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

/** What happens when something has come to its end, well or not. */
final class Completion {

  private Completion() {}

  /** Hear the result or the failure, one of them null. */
  static <T> void of(
      CompletableFuture<T> future, BiConsumer<? super T, ? super Throwable> listener) {
    CompletableFuture<T> unused = future.whenComplete(listener);
  }
}
