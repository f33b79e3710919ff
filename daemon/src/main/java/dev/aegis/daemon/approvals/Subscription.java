package dev.aegis.daemon.approvals;

/** A listener's place, which it gives up by closing. */
public interface Subscription extends AutoCloseable {
  @Override
  void close();
}
