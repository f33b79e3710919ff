package dev.aegis.daemon.channels.telegram;

import dev.aegis.config.AegisConfig;
import dev.aegis.daemon.approvals.Approval;
import dev.aegis.daemon.approvals.ApprovalDesk;
import dev.aegis.daemon.approvals.ApprovalEvent;
import dev.aegis.daemon.approvals.PauseDesk;
import dev.aegis.daemon.audit.AuditLog;
import dev.aegis.daemon.channels.Attempts;
import dev.aegis.daemon.channels.CallbackSeal;
import dev.aegis.daemon.channels.ChainAnchor;
import dev.aegis.daemon.channels.Channel;
import dev.aegis.daemon.channels.ChannelHealth;
import dev.aegis.daemon.channels.ChannelMessages;
import dev.aegis.daemon.channels.ChannelStates;
import dev.aegis.daemon.channels.Talkers;
import dev.aegis.daemon.channels.sending.Outbox;
import dev.aegis.daemon.intercept.SessionStatus;
import dev.aegis.daemon.store.StoreException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Approvals by a Telegram bot. */
public final class TelegramChannel implements Channel {

  /** The channel's one word. */
  public static final String NAME = "telegram";

  private static final Logger LOG = LoggerFactory.getLogger(TelegramChannel.class);
  private static final int THREADS = 16;
  private static final long REDRAW_SECONDS = 30;
  private static final int MOST_REDRAWN = 3;

  private final ApprovalDesk desk;
  private final Access access;
  private final BotClient client;
  private final HealthBoard health = new HealthBoard();
  private final Outbox outbox = new Outbox("Telegram", health);
  private final ScheduledExecutorService threads = threads();
  private final Board board;
  private final Talk talk;
  private final Poller poller;

  /**
   * What the channel is made of.
   *
   * @param sealKey secret that signs buttons
   * @param host name of this machine, for people
   * @param silenceApproves whether a time-out approves what is below high risk
   * @param pollWait how long one poll waits for updates
   */
  public record Parts(
      AegisConfig.Telegram config,
      ApprovalDesk desk,
      PauseDesk pause,
      Supplier<List<SessionStatus>> sessions,
      ChannelStates states,
      ChannelMessages messages,
      AuditLog audit,
      SecretKeySpec sealKey,
      String host,
      boolean silenceApproves,
      InstantSource clock,
      Duration pollWait) {}

  public TelegramChannel(Parts parts) {
    desk = parts.desk();
    access = new Access(parts.config().people(), parts.config().chats());
    client = new BotClient(parts.config().botToken(), parts.config().apiUrl(), parts.pollWait());
    CallbackSeal seal = new CallbackSeal(parts.sealKey());
    board =
        new Board(
            desk,
            client,
            outbox,
            parts.messages(),
            new Keyboards(seal),
            new Card(parts.host(), ZoneId.systemDefault(), parts.silenceApproves()),
            parts.clock());
    Denials denials =
        new Denials(desk, client, outbox, board, threads, parts.config().denyReason());
    talk = new Talk(desk, client, outbox);
    Strangers strangers = new Strangers(new Attempts(NAME, parts.audit(), parts.clock()));
    Conversation conversation =
        new Conversation(
            access,
            strangers,
            new Talkers(parts.clock()),
            new Taps(desk, client, board, denials, talk, seal, strangers, threads),
            denials,
            new Commands(
                desk,
                parts.pause(),
                new Reports(desk, parts.pause(), parts.sessions(), parts.clock()),
                talk),
            talk);
    poller =
        new Poller(
            client,
            new Introduction(client),
            new Offset(parts.states(), parts.clock()),
            health,
            conversation::hear,
            parts.pollWait());
  }

  private static ScheduledExecutorService threads() {
    AtomicInteger number = new AtomicInteger();
    ScheduledThreadPoolExecutor executor =
        new ScheduledThreadPoolExecutor(
            THREADS,
            work -> {
              Thread thread = new Thread(work, "aegis-telegram-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    executor.setRemoveOnCancelPolicy(true);
    return executor;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void start() {
    try {
      board.takeUp();
    } catch (StoreException e) {
      LOG.error("messages of an earlier daemon stay as they are", e);
    }
    poller.start();
    var unused =
        threads.scheduleWithFixedDelay(
            this::redraw, REDRAW_SECONDS, REDRAW_SECONDS, TimeUnit.SECONDS);
  }

  /* The time left is part of the message; with many questions the chat's pace is worth more. */
  private void redraw() {
    try {
      List<Approval> open = desk.list(false);
      if (open.size() <= MOST_REDRAWN) {
        open.forEach(one -> board.refresh(one.id()));
      }
    } catch (RuntimeException e) {
      LOG.error("the time left cannot be shown", e);
    }
  }

  @Override
  public void tell(ApprovalEvent event) {
    long id = event.approval().id();
    if (event instanceof ApprovalEvent.Opened) {
      board.ask(id, access.audience());
    } else {
      board.refresh(id);
    }
  }

  @Override
  public void anchor(ChainAnchor anchor) {
    access.audience().forEach(place -> talk.anchor(place, anchor));
  }

  @Override
  public ChannelHealth health() {
    return health.now();
  }

  @Override
  public void close() {
    poller.close();
    threads.shutdownNow();
    outbox.close();
    client.close();
  }
}
