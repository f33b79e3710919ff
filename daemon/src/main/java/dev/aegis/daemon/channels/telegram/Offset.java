package dev.aegis.daemon.channels.telegram;

import dev.aegis.daemon.channels.ChannelStates;
import dev.aegis.daemon.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The number of the next update. It moves on only when everything before it is dealt with and that
 * is on the disk; an update that comes again after a crash finds its approval decided.
 */
final class Offset {

  /* After a week without updates, Telegram may go on with any number. */
  private static final Duration SURE = Duration.ofDays(6);
  private static final long PATIENCE_SECONDS = 10;
  private static final String NAME = "offset";

  private final ChannelStates states;
  private final InstantSource clock;
  private int next;
  private Instant moved = Instant.EPOCH;

  Offset(ChannelStates states, InstantSource clock) {
    this.states = states;
    this.clock = clock;
  }

  void load() throws StoreException {
    states
        .get(TelegramChannel.NAME, NAME)
        .ifPresent(
            state -> {
              next = Integer.parseInt(state.value());
              moved = state.at();
            });
  }

  /** Return the number to ask for; 0 when any number may be the next. */
  int next() {
    return Duration.between(moved, clock.instant()).compareTo(SURE) > 0 ? 0 : next;
  }

  boolean isSeen(int update) {
    return next() != 0 && update < next;
  }

  void moveTo(int following) throws InterruptedException {
    Instant now = clock.instant();
    try {
      int rows =
          states
              .put(TelegramChannel.NAME, NAME, Integer.toString(following), now)
              .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assert rows == 1;
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the offset of Telegram cannot be kept", e);
    }
    next = following;
    moved = now;
  }
}
