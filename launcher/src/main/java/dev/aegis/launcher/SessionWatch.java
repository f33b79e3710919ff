package dev.aegis.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aegis.launcher.card.Question;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Hears from the daemon what happens in a session, and brings the daemon back when it is lost.
 *
 * <p>Listens in a thread of its own until closed.
 */
final class SessionWatch implements AutoCloseable {

  /** Who wants to hear; called in the watch's thread. */
  interface Listener {
    void opened(Question question);

    void decided(long id);

    /** After a connection was made: these questions are open and no others. */
    void onlyOpen(List<Question> open);

    void notice(String text);
  }

  private static final long LAST_WORDS_SECONDS = 3;
  private static final long RETRY_MILLISECONDS = 500;

  private final DaemonStarter daemon;
  private final String session;
  private final Listener listener;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final CountDownLatch listening = new CountDownLatch(1);
  private final CountDownLatch heardAll = new CountDownLatch(1);
  private final DenialNotices denials = new DenialNotices();
  private volatile ControlClient watching;

  SessionWatch(DaemonStarter daemon, String session, Listener listener) {
    this.daemon = daemon;
    this.session = session;
    this.listener = listener;
  }

  /** Returns once what happens from now on will be heard, or the first attempt failed. */
  void start() {
    Thread thread = new Thread(this::watch, "watch of the session");
    thread.setDaemon(true);
    thread.start();
    try {
      listening.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void watch() {
    boolean told = false;
    while (closed.getCount() > 0) {
      try (ControlClient client = daemon.connectOrStart()) {
        watching = client;
        client.call("session.watch", Map.of("session", session));
        listener.onlyOpen(open());
        told = false;
        listening.countDown();
        listen(client);
      } catch (ControlException | IOException e) {
        if (!told && closed.getCount() > 0) {
          told = true;
          listener.notice("the daemon was lost: " + e.getMessage());
        }
        listening.countDown();
        pause();
      }
    }
  }

  private void pause() {
    try {
      closed.await(RETRY_MILLISECONDS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      closed.countDown();
      Thread.currentThread().interrupt();
    }
  }

  private List<Question> open() throws ControlException, IOException {
    List<Question> open = new ArrayList<>();
    try (ControlClient client = daemon.connectOrStart()) {
      for (JsonNode approval : client.call("approvals.list", Map.of("all", false))) {
        if (approval.path("session").asText().equals(session)) {
          Question.of(approval).ifPresent(open::add);
        }
      }
    }
    return open;
  }

  private void listen(ControlClient client) throws IOException {
    Optional<JsonNode> event = client.nextEvent();
    while (event.isPresent() && closed.getCount() > 0) {
      hear(event.get());
      event = client.nextEvent();
    }
  }

  private void hear(JsonNode event) {
    JsonNode approval = event.has("approval") ? event.path("approval") : event;
    switch (event.path("event").asText()) {
      case "approval.opened" -> Question.of(approval).ifPresent(listener::opened);
      case "approval.decided" -> listener.decided(approval.path("id").asLong());
      case "denied" -> denials.tell(event).ifPresent(listener::notice);
      case "closed" -> heardAll.countDown();
      case "notice" -> listener.notice(event.path("text").asText());
      default -> {}
    }
  }

  /** Waits for a moment until everything that was said of a session now closed has been heard. */
  void awaitLast() {
    try {
      if (!heardAll.await(LAST_WORDS_SECONDS, TimeUnit.SECONDS)) {
        listener.notice("not all that happened in the session was heard: see aegis logs");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    ControlClient client = watching;
    if (client != null) {
      client.close();
    }
  }
}
