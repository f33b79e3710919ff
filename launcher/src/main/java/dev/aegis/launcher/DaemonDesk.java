package dev.aegis.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aegis.launcher.card.Answer;
import dev.aegis.launcher.card.Card;
import dev.aegis.launcher.card.Desk;
import dev.aegis.launcher.card.Details;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** Takes the card's answers to the daemon, one after the other, without making the card wait. */
final class DaemonDesk implements Desk, AutoCloseable {

  private final DaemonStarter daemon;
  private final ExecutorService errands =
      Executors.newSingleThreadExecutor(
          errand -> {
            Thread thread = new Thread(errand, "answers of the card");
            thread.setDaemon(true);
            return thread;
          });
  private Consumer<Consumer<Card>> tell = told -> {};

  DaemonDesk(DaemonStarter daemon) {
    this.daemon = daemon;
  }

  /** Says how the card is told what came of an errand. */
  void tellBy(Consumer<Consumer<Card>> teller) {
    tell = teller;
  }

  @Override
  public void decide(long id, Answer answer, String reason) {
    Map<String, Object> arguments = new LinkedHashMap<>();
    arguments.put("id", id);
    arguments.put("decision", answer.decision());
    arguments.put("scope", answer.scope());
    if (!answer.time().isZero()) {
      arguments.put("seconds", answer.time().toSeconds());
    }
    if (!reason.isEmpty()) {
      arguments.put("reason", reason);
    }
    arguments.put("channel", "terminal");
    errands.execute(() -> decide(id, arguments));
  }

  private void decide(long id, Map<String, Object> arguments) {
    try {
      call("approvals.decide", arguments);
      tell.accept(card -> card.decided(id));
    } catch (ControlException e) {
      // Decided elsewhere in the same moment, or the daemon is gone: ask how it stands.
      tell.accept(card -> card.notSent(id, e.getMessage()));
      refresh(id);
    }
  }

  private void refresh(long id) {
    try {
      JsonNode now = call("approvals.show", Map.of("id", id));
      if (!now.path("state").asText("pending").equals("pending")) {
        tell.accept(card -> card.decided(id));
      }
    } catch (ControlException e) {
      tell.accept(card -> card.notSent(id, e.getMessage()));
    }
  }

  @Override
  public void details(long id) {
    errands.execute(
        () -> {
          try {
            Details details = Details.of(call("approvals.show", Map.of("id", id)));
            tell.accept(card -> card.detailed(id, details));
          } catch (ControlException e) {
            tell.accept(card -> card.notSent(id, e.getMessage()));
          }
        });
  }

  private JsonNode call(String call, Map<String, Object> arguments) throws ControlException {
    try (ControlClient client = daemon.connectOrStart()) {
      return client.call(call, arguments);
    } catch (IOException e) {
      throw new ControlException(ControlException.GENERAL, "cannot reach the daemon", e);
    }
  }

  @Override
  public void close() {
    errands.shutdownNow();
  }
}
