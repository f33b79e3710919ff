package dev.aegis.daemon.channels;

import dev.aegis.config.Role;
import dev.aegis.daemon.approvals.Answered;
import dev.aegis.daemon.approvals.Answerer;
import dev.aegis.daemon.approvals.Approval;
import dev.aegis.daemon.approvals.ApprovalDesk;
import dev.aegis.daemon.approvals.ApprovalEvent;
import dev.aegis.daemon.approvals.Subscription;
import java.time.LocalTime;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
  private final Map<Long, Approval> queued = new LinkedHashMap<>();
  private final Map<Long, Approval> told = new LinkedHashMap<>();
  private final Set<Long> counted = new HashSet<>();
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
    long id = event.approval().id();
    if (event instanceof ApprovalEvent.Opened) {
      if (!told.containsKey(id)) {
        queued.put(id, event.approval());
      }
    } else {
      if (!(event instanceof ApprovalEvent.Changed)) {
        queued.remove(id);
        told.remove(id);
        counted.remove(id);
      }
      tellAll(event);
    }
    ask();
  }

  private void ask() {
    if (queued.isEmpty()) {
      return;
    }
    if (disturbance.isQuiet(localTime.get())) {
      if (disturbance.deniesInQuiet()) {
        List.copyOf(queued.values()).forEach(this::denyQuietly);
        queued.clear();
      }
      return;
    }
    for (Approval approval : List.copyOf(queued.values())) {
      Optional<Approval> alike =
          told.values().stream().filter(one -> isAlike(one, approval)).findFirst();
      if (alike.isPresent()) {
        if (counted.add(approval.id())) {
          tellAll(new ApprovalEvent.Changed(alike.get()));
        }
      } else if (openOf(approval.session()) < disturbance.openQuestions()) {
        queued.remove(approval.id());
        told.put(approval.id(), approval);
        tellAll(new ApprovalEvent.Opened(approval));
      }
    }
  }

  /* Of one shape people see one question, which says how many more there are. */
  private static boolean isAlike(Approval one, Approval other) {
    return one.session().equals(other.session()) && one.shape().equals(other.shape());
  }

  private long openOf(String session) {
    return told.values().stream().filter(one -> one.session().equals(session)).count();
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
