package dev.aegis.daemon.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aegis.daemon.approvals.Subscription;
import dev.aegis.daemon.intercept.PeerCredentials;
import java.util.function.Consumer;

/** The other end of a connection, as its calls see it. */
interface Caller {

  /** Return who it is, by the word of the kernel. */
  PeerCredentials peer();

  /** Return where events for it go; never blocks. */
  Consumer<JsonNode> events();

  /** Close a subscription together with the connection. */
  void keep(Subscription subscription);

  /** Run something once the answer to this call is written. */
  void afterAnswer(Runnable action);
}
