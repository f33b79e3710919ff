package dev.aegis.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Map;

/** The end of a session: closes it once at the daemon and tells the user what happened in it. */
final class SessionEnd {

  private final DaemonStarter daemon;
  private final String session;
  private final boolean dryRun;
  private final Notices notices;
  private boolean closed;

  SessionEnd(DaemonStarter daemon, String session, boolean dryRun, Notices notices) {
    this.daemon = daemon;
    this.session = session;
    this.dryRun = dryRun;
    this.notices = notices;
  }

  /** Closes the session, and tells what the watch still hears of it before the summary. */
  void hearing(SessionWatch watch) throws IOException {
    closed = true;
    try (ControlClient client = daemon.connectOrStart()) {
      JsonNode summary = client.call("session.close", Map.of("session", session));
      watch.awaitLast();
      Summary.of(summary).tell(dryRun, notices);
    } catch (ControlException e) {
      // The program has ended; its status matters more than the summary.
      notices.tell("the session could not be closed: " + e.getMessage());
    }
  }

  /** Closes the session that never got as far as being heard to its end. */
  void close() throws IOException {
    if (closed) {
      return;
    }
    try (ControlClient client = daemon.connectOrStart()) {
      client.call("session.close", Map.of("session", session));
    } catch (ControlException e) {
      notices.tell("the session could not be closed: " + e.getMessage());
    }
  }
}
