package dev.aegis.daemon.channels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.aegis.config.Role;
import dev.aegis.daemon.approvals.AnswerRules;
import dev.aegis.daemon.approvals.Answered;
import dev.aegis.daemon.approvals.Answerer;
import dev.aegis.daemon.approvals.Approval;
import dev.aegis.daemon.approvals.DeskWorld;
import dev.aegis.daemon.approvals.DeskWorld.Asked;
import dev.aegis.daemon.approvals.Scope;
import dev.aegis.daemon.channels.FarEnd.Choice;
import dev.aegis.daemon.channels.FarEnd.Human;
import dev.aegis.daemon.channels.FarEnd.Seen;
import dev.aegis.daemon.channels.FarEnd.Stage;
import dev.aegis.daemon.channels.FarEnd.Trouble;
import dev.aegis.daemon.store.ApprovalState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every way to ask people does, whatever goes wrong: a question is shown, an answer counts
 * once, nothing goes on without its row, and nothing hangs.
 */
@Timeout(90)
public abstract class ChannelContract {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration LONG = Duration.ofMinutes(5);

  @TempDir Path directory;

  private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
  private final SkewedTime time = new SkewedTime(scheduler);
  private FarEnd far;
  private DeskWorld world;
  private AutoCloseable connection;

  /** Make the far end; called once for each test. */
  protected abstract FarEnd farEnd() throws Exception;

  /** Return how many steps a random history has; slow ways take fewer. */
  protected abstract int steps();

  @BeforeEach
  void start() throws Exception {
    far = farEnd();
    begin();
  }

  private void begin() throws Exception {
    world = new DeskWorld(directory, Optional.of(time), AnswerRules.PLAIN, false).takenUp();
    connection = far.connect(world);
  }

  private void end() throws Exception {
    connection.close();
    world.close();
  }

  private void restart() throws Exception {
    end();
    begin();
  }

  @AfterEach
  void stop() throws Exception {
    end();
    far.close();
    scheduler.shutdownNow();
  }

  private Seen seen(Human who, long approval, Stage stage) {
    return await()
        .atMost(PATIENCE)
        .until(
            () -> far.sees(who, approval).filter(one -> one.stage() == stage), Optional::isPresent)
        .orElseThrow();
  }

  private Seen open(Asked asked) {
    return seen(Human.ADMIN, asked.id(), Stage.OPEN);
  }

  private Approval stored(long id) {
    return world.book.show(id).orElseThrow().approval();
  }

  private void decidedElsewhere(Asked asked) throws Exception {
    world
        .book
        .decide(
            Answered.no(
                asked.id(), Answerer.local("ann", Role.ADMIN), "elsewhere", Optional.empty()))
        .get(20, TimeUnit.SECONDS);
  }

  private String told(Object answer) {
    return await()
        .atMost(PATIENCE)
        .until(() -> far.reply(answer), Optional::isPresent)
        .orElseThrow();
  }

  @ParameterizedTest
  @EnumSource(Choice.class)
  void an_answer_counts_and_is_shown_as_what_became_of_it(Choice choice) throws Exception {
    Asked asked = world.ask("rm -rf build");
    Seen seen = open(asked);
    assertThat(seen.text()).contains("rm -rf build");
    Object answer = far.answer(Human.ADMIN, seen, choice);
    Approval ended = asked.ended();
    assertThat(told(answer)).isNotNull();
    if (choice == Choice.DENY) {
      assertThat(ended.state()).isEqualTo(ApprovalState.DENIED);
      seen(Human.ADMIN, asked.id(), Stage.ENDED);
      return;
    }
    assertThat(ended.state()).isEqualTo(ApprovalState.APPROVED);
    assertThat(ended.scope()).contains(Scope.valueOf(choice.name()));
    seen(Human.ADMIN, asked.id(), Stage.APPROVED);
    world.release(asked.id());
    seen(Human.ADMIN, asked.id(), Stage.WENT_ON);
  }

  @Test
  void what_ends_elsewhere_or_by_time_is_open_no_more() throws Exception {
    Asked elsewhere = world.ask("rm -rf one");
    open(elsewhere);
    decidedElsewhere(elsewhere);
    seen(Human.ADMIN, elsewhere.id(), Stage.ENDED);
    Asked silent = world.ask("rm -rf two", Duration.ofSeconds(2));
    open(silent);
    assertThat(silent.ended().state()).isEqualTo(ApprovalState.EXPIRED);
    seen(Human.ADMIN, silent.id(), Stage.ENDED);
  }

  @Test
  void late_and_repeated_answers_change_nothing_and_are_told_so() throws Exception {
    Asked asked = world.ask("rm -rf build");
    Seen seen = open(asked);
    Object first = far.answer(Human.ADMIN, seen, Choice.DENY);
    asked.ended();
    far.again(first);
    Object late = far.answer(Human.ADMIN, seen, Choice.ONCE);
    assertThat(told(late)).contains("already");
    assertThat(stored(asked.id()).state()).isEqualTo(ApprovalState.DENIED);
    assertThat(world.audited("approval.decided")).hasSize(1);
  }

  @Test
  void an_answer_that_somebody_made_up_does_nothing() throws Exception {
    Asked asked = world.ask("rm -rf build");
    Seen seen = open(asked);
    assumeTrue(far.forge(seen), "nobody else reaches this way");
    Asked marker = world.ask("rm -rf marker");
    far.answer(Human.ADMIN, open(marker), Choice.DENY);
    marker.ended();
    assertThat(stored(asked.id()).state()).isEqualTo(ApprovalState.PENDING);
    assertThat(world.audited("channel.forged")).isNotEmpty();
  }

  /** When something goes wrong. */
  private enum Moment {
    BEFORE_IT_IS_SHOWN,
    BEFORE_IT_IS_ANSWERED
  }

  @ParameterizedTest
  @EnumSource(Trouble.class)
  void whatever_goes_wrong_once_the_question_is_shown_answered_and_closed(Trouble trouble)
      throws Exception {
    assumeTrue(far.troubles().contains(trouble), "cannot happen here");
    for (Moment moment : Moment.values()) {
      if (moment == Moment.BEFORE_IT_IS_SHOWN) {
        far.next(trouble);
      }
      Asked asked = world.ask("rm -rf " + moment);
      Seen seen = open(asked);
      if (moment == Moment.BEFORE_IT_IS_ANSWERED) {
        far.next(trouble);
      }
      far.answer(Human.ADMIN, seen, Choice.ONCE);
      assertThat(asked.ended().state()).isEqualTo(ApprovalState.APPROVED);
      world.release(asked.id());
      seen(Human.ADMIN, asked.id(), Stage.WENT_ON);
    }
    assertThat(world.audited("approval.decided")).hasSize(Moment.values().length);
  }

  @Test
  void a_restart_at_any_step_loses_nothing() throws Exception {
    Asked asked = world.ask("rm -rf build");
    restart();
    Seen seen = seen(Human.ADMIN, asked.id(), Stage.OPEN);
    restart();
    Object answer = far.answer(Human.ADMIN, seen, Choice.ONCE);
    await().atMost(PATIENCE).until(() -> stored(asked.id()).state() == ApprovalState.APPROVED);
    restart();
    far.again(answer);
    seen(Human.ADMIN, asked.id(), Stage.APPROVED);
    world.release(asked.id());
    restart();
    seen(Human.ADMIN, asked.id(), Stage.WENT_ON);
    assertThat(world.audited("approval.decided")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {-7_200, 7_200})
  void a_clock_that_is_set_changes_no_time_out(long seconds) throws Exception {
    Asked asked = world.ask("rm -rf build", LONG);
    Asked brief = world.ask("rm -rf brief", Duration.ofSeconds(3));
    Seen seen = open(asked);
    open(brief);
    time.skew(Duration.ofSeconds(seconds));
    assertThat(brief.ended().state()).isEqualTo(ApprovalState.EXPIRED);
    assertThat(asked.end()).isNotDone();
    far.answer(Human.ADMIN, seen, Choice.ONCE);
    assertThat(asked.ended().state()).isEqualTo(ApprovalState.APPROVED);
  }

  @Test
  void a_viewer_decides_nothing() throws Exception {
    assumeTrue(far.people().contains(Human.VIEWER), "there are none here");
    Asked asked = world.ask("rm -rf build");
    Object answer = far.answer(Human.VIEWER, open(asked), Choice.ONCE);
    assertThat(told(answer)).isNotEmpty();
    assertThat(stored(asked.id()).state()).isEqualTo(ApprovalState.PENDING);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void any_history_ends_every_question_once(long seed) throws Exception {
    RandomHistory history = new RandomHistory(far, new Random(seed));
    for (int i = 0; i < steps(); i++) {
      if (history.step(world)) {
        restart();
      }
    }
    await().atMost(PATIENCE).until(() -> world.book.list(false).isEmpty());
    assertThat(history.wrong()).isEmpty();
    assertThat(world.book.list(true)).hasSize(history.asked());
    assertThat(world.audited("approval.decided")).hasSize(history.asked());
    assertThat(world.verifier().verify().broken()).isEmpty();
  }
}
