package dev.aegis.daemon.api;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for what a call changes to be on the disk. */
final class Recorded {

  private static final long PATIENCE_SECONDS = 30;

  private Recorded() {}

  /**
   * Wait.
   *
   * @param otherwise what to tell when that fails
   */
  static <T> T await(CompletableFuture<T> change, String otherwise) throws RefusedCall {
    try {
      return change.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new RefusedCall(
          RefusedCall.STATE,
          "it could not be recorded: %s: %s".formatted(e.getCause().getMessage(), otherwise),
          e);
    } catch (TimeoutException e) {
      throw new RefusedCall(
          RefusedCall.STATE,
          "it was not recorded within %d s: %s".formatted(PATIENCE_SECONDS, otherwise),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RefusedCall(RefusedCall.GENERAL, "the daemon is stopping", e);
    }
  }
}
