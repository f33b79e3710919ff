package dev.aegis.daemon.channels;

import dev.aegis.daemon.approvals.DeskWorld;
import dev.aegis.daemon.approvals.Questions;
import dev.aegis.daemon.channels.FarEnd.Choice;
import dev.aegis.daemon.channels.FarEnd.Human;
import dev.aegis.daemon.channels.FarEnd.Seen;
import dev.aegis.daemon.channels.FarEnd.Stage;
import dev.aegis.daemon.store.ApprovalState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * Questions, answers, repeats, faults, time-outs, cancellations and restarts in an order that a
 * seed gives. Remembers who heard of something else than the row says.
 */
final class RandomHistory {

  private static final List<Choice> CHOICES = List.of(Choice.values());

  private final FarEnd far;
  private final Random random;
  private final Map<Long, Seen> shown = new HashMap<>();
  private final List<Object> answers = new ArrayList<>();
  private final List<String> wrong = new CopyOnWriteArrayList<>();
  private int asked;

  RandomHistory(FarEnd far, Random random) {
    this.far = far;
    this.random = random;
  }

  int asked() {
    return asked;
  }

  /** Return what somebody heard that the row does not say. */
  List<String> wrong() {
    return List.copyOf(wrong);
  }

  /**
   * Go one step on.
   *
   * @return true when the daemon is to be restarted now
   */
  boolean step(DeskWorld world) throws Exception {
    world.book.list(false).forEach(one -> look(one.id()));
    switch (random.nextInt(8)) {
      case 0, 1, 2 -> ask(world, Duration.ofMillis(500 + random.nextInt(4_000)));
      case 3, 4 -> answer();
      case 5 -> {
        if (!answers.isEmpty()) {
          far.again(any(answers));
        }
      }
      case 6 -> {
        if (!far.troubles().isEmpty()) {
          far.next(any(List.copyOf(far.troubles())));
        }
      }
      default -> {
        if (random.nextInt(3) > 0) {
          return true;
        }
        world.book.cancelOf(Questions.SESSION).get(20, TimeUnit.SECONDS);
      }
    }
    return false;
  }

  private <T> T any(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  private void answer() throws Exception {
    if (!shown.isEmpty()) {
      answers.add(far.answer(Human.ADMIN, any(List.copyOf(shown.values())), any(CHOICES)));
    }
  }

  private void look(long id) {
    try {
      far.sees(Human.ADMIN, id)
          .filter(one -> one.stage() == Stage.OPEN)
          .ifPresent(one -> shown.put(id, one));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private void ask(DeskWorld world, Duration timeout) throws Exception {
    long unused =
        world
            .book
            .ask(
                Questions.question("rm -rf " + asked++, 60, timeout),
                false,
                Optional.of(
                    (approval, terms) -> {
                      ApprovalState row =
                          world.book.show(approval.id()).orElseThrow().approval().state();
                      if (row != approval.state()) {
                        wrong.add(approval.id() + " heard " + approval.state() + ", row " + row);
                      }
                    }))
            .get(20, TimeUnit.SECONDS);
  }
}
