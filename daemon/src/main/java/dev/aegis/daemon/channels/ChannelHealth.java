package dev.aegis.daemon.channels;

import java.util.Locale;

/**
 * How a channel is.
 *
 * @param channel its name
 * @param detail one line for people: what is wrong and what to do, or who it is connected as
 */
public record ChannelHealth(String channel, State state, String detail) {

  /** Whether people can be reached. */
  public enum State {
    /** It has not reached anybody yet. */
    CONNECTING,
    CONNECTED,
    /** It tries again by itself. */
    FAILING;

    /** Return the word that people and JSON see. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
