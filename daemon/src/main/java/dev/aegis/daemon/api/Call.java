package dev.aegis.daemon.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aegis.daemon.store.StoreException;

/**
 * One entry of the table of calls.
 *
 * @param changes true when supervised processes may not use it
 * @param handler what it does
 */
record Call(boolean changes, Handler handler) {

  /** A call that anybody who reaches the socket may use. */
  static Call reading(Handler handler) {
    return new Call(false, handler);
  }

  /** A call that is refused to whoever is supervised. */
  static Call changing(Handler handler) {
    return new Call(true, handler);
  }

  /** What a call does. */
  @FunctionalInterface
  interface Handler {
    /** Give the result of a call. */
    JsonNode handle(Arguments arguments, Caller caller) throws RefusedCall, StoreException;
  }
}
