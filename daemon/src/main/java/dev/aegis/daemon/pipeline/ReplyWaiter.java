package dev.aegis.daemon.pipeline;

import dev.aegis.daemon.approvals.Approval;
import dev.aegis.daemon.approvals.Terms;
import dev.aegis.daemon.approvals.Waiter;
import dev.aegis.daemon.intercept.Reply;
import java.util.function.BiConsumer;

/** Waits for an answer on behalf of the connection that a reply would go to. */
record ReplyWaiter(Reply reply, BiConsumer<Approval, Terms> whenSettled) implements Waiter {

  @Override
  public void settled(Approval approval, Terms terms) {
    whenSettled.accept(approval, terms);
  }

  @Override
  public boolean isThere() {
    return reply.isOpen();
  }
}
