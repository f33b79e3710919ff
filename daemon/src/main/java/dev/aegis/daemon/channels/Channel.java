package dev.aegis.daemon.channels;

import dev.aegis.daemon.approvals.ApprovalEvent;

/**
 * A way to ask people. It shows what it is told and brings answers to the desk; docs/channels.md
 * says how to add one.
 */
public interface Channel extends AutoCloseable {

  /** Return the one word that configuration, audit and approvals know it by. */
  String name();

  /**
   * Begin, and put right what an earlier daemon left behind. Needs no network and does not wait for
   * any.
   */
  void start();

  /**
   * Hear what became of an approval. Must not block, and must bear to hear the same thing twice: an
   * open question is told again after a restart.
   */
  void tell(ApprovalEvent event);

  /**
   * Keep a head of the audit log where people find it again, outside this machine and without
   * disturbing anybody. Must not block. A channel that reaches nothing outside does nothing.
   */
  default void anchor(ChainAnchor anchor) {}

  /** Return how it is now. */
  ChannelHealth health();

  /** End; open questions stay for the next daemon. */
  @Override
  void close();
}
