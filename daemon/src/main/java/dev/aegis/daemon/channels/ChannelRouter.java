package dev.aegis.daemon.channels;

import dev.aegis.config.Role;
import dev.aegis.daemon.approvals.Answered;
import dev.aegis.daemon.approvals.Answerer;
import dev.aegis.daemon.approvals.Approval;
import dev.aegis.daemon.approvals.ApprovalDesk;
import dev.aegis.daemon.approvals.ApprovalEvent;
import dev.aegis.daemon.approvals.Subscription;
import java.time.LocalTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks all channels. The desk takes the first decision, and every channel hears of it; of a session
 * that asks much, people see a few questions at a time.
 */
public final class ChannelRouter implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ChannelRouter.class);
  private static final long LOOK_SECONDS = 20;

  private final ApprovalDesk desk;
  private final List<Channel> channels;
  private final Disturbance disturbance;
  private final Supplier<LocalTime> localTime;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread named = new Thread(work, "aegis-channels");
            named.setDaemon(true);
            return named;
          });
  private final Map<String, SessionQuestions> sessions = new HashMap<>();
  private final Map<Long, String> sessionOf = new HashMap<>();
  private Subscription subscription = () -> {};

  private ChannelRouter(
      ApprovalDesk desk,
      List<Channel> channels,
      Disturbance disturbance,
      Supplier<LocalTime> localTime) {
    this.desk = desk;
    this.channels = List.copyOf(channels);
    this.disturbance = disturbance;
    this.localTime = localTime;
  }

  /**
   * Start all channels and ask what is open.
   *
   * @param localTime of the person who is disturbed
   */
  public static ChannelRouter start(
      ApprovalDesk desk,
      List<Channel> channels,
      Disturbance disturbance,
      Supplier<LocalTime> localTime) {
    ChannelRouter router = new ChannelRouter(desk, channels, disturbance, localTime);
    if (channels.isEmpty()) {
      return router;
    }
    router.channels.forEach(Channel::start);
    router.subscription = desk.subscribe(event -> router.run(() -> router.hear(event)));
    router.run(
        () ->
            desk.list(false).forEach(approval -> router.hear(new ApprovalEvent.Opened(approval))));
    var unused =
        router.thread.scheduleWithFixedDelay(
            () -> router.guarded(router::ask), LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
    return router;
  }

  private void run(Runnable work) {
    thread.execute(() -> guarded(work));
  }

  private void guarded(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      LOG.error("telling the channels failed", e);
    }
  }

  private void hear(ApprovalEvent event) {
    Approval approval = event.approval();
    if (event instanceof ApprovalEvent.Opened) {
      if (sessionOf.putIfAbsent(approval.id(), approval.session()) == null) {
        sessions
            .computeIfAbsent(approval.session(), session -> new SessionQuestions())
            .add(approval);
      }
      askOf(approval.session());
      return;
    }
    tellAll(event);
    if (!(event instanceof ApprovalEvent.Changed)) {
      Optional.ofNullable(sessionOf.remove(approval.id()))
          .map(sessions::get)
          .ifPresent(questions -> questions.remove(approval.id()));
    }
    askOf(approval.session());
  }

  private void ask() {
    List.copyOf(sessions.keySet()).forEach(this::askOf);
  }

  private void askOf(String session) {
    SessionQuestions questions = sessions.get(session);
    if (questions == null) {
      return;
    }
    if (!disturbance.isQuiet(localTime.get())) {
      questions.next(disturbance.openQuestions()).forEach(this::tellAll);
    } else if (disturbance.deniesInQuiet()) {
      questions.unseen().forEach(this::denyQuietly);
    }
    if (questions.isEmpty()) {
      sessions.remove(session);
    }
  }

  private void denyQuietly(Approval approval) {
    var unused =
        desk.decide(
                Answered.no(
                    approval.id(),
                    new Answerer("aegis:quiet_hours", "the quiet hours", Role.ADMIN),
                    "quiet_hours",
                    Optional.of("nobody is disturbed at this time (approvals.quiet_hours)")))
            .whenComplete(
                (outcome, failure) -> {
                  if (failure != null) {
                    LOG.warn("approval {} stays open until its time-out", approval.id(), failure);
                  }
                });
  }

  private void tellAll(ApprovalEvent event) {
    for (Channel channel : channels) {
      try {
        channel.tell(event);
      } catch (RuntimeException e) {
        LOG.error("channel {} failed", channel.name(), e);
      }
    }
  }

  /** Have every channel keep a head of the audit log. */
  public void anchor(ChainAnchor anchor) {
    for (Channel channel : channels) {
      try {
        channel.anchor(anchor);
      } catch (RuntimeException e) {
        LOG.error("channel {} failed to keep an anchor", channel.name(), e);
      }
    }
  }

  /** Return how every channel is. */
  public List<ChannelHealth> health() {
    return channels.stream().map(Channel::health).toList();
  }

  @Override
  public void close() {
    subscription.close();
    thread.shutdownNow();
    channels.forEach(Channel::close);
  }
}
