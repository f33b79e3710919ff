package dev.aegis.daemon.channels.whatsapp;

import dev.aegis.config.AegisConfig;
import dev.aegis.daemon.approvals.ApprovalDesk;
import dev.aegis.daemon.approvals.ApprovalEvent;
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
import dev.aegis.daemon.store.ApprovalState;
import dev.aegis.daemon.store.StoreException;
import java.io.IOException;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Approvals by WhatsApp. */
public final class WhatsAppChannel implements Channel {

  /** The channel's one word. */
  public static final String NAME = "whatsapp";

  private static final Logger LOG = LoggerFactory.getLogger(WhatsAppChannel.class);
  private static final long RELEASE_PATIENCE_MS = 1_500;

  private final AegisConfig.WhatsApp config;
  private final HealthBoard health = new HealthBoard();
  private final Outbox outbox = new Outbox("WhatsApp", health);
  private final People people;
  private final Bulletin bulletin;
  private final Talk talk;
  private final Conversation conversation;
  private final ScheduledExecutorService later =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "aegis-whatsapp");
            thread.setDaemon(true);
            return thread;
          });
  private Optional<Webhook> webhook = Optional.empty();

  /**
   * What the channel is made of.
   *
   * @param sealKey secret that signs buttons
   * @param host name of this machine, for people
   * @param silenceApproves whether a time-out approves what is below high risk
   */
  public record Parts(
      AegisConfig.WhatsApp config,
      ApprovalDesk desk,
      ChannelStates states,
      ChannelMessages messages,
      AuditLog audit,
      SecretKeySpec sealKey,
      String host,
      boolean silenceApproves,
      InstantSource clock) {}

  public WhatsAppChannel(Parts parts) {
    config = parts.config();
    people = new People(config.people());
    CloudClient client =
        new CloudClient(config.apiUrl(), config.phoneNumberId(), config.accessToken());
    CallbackSeal seal = new CallbackSeal(parts.sealKey());
    Wording wording = new Wording(parts.host(), ZoneId.systemDefault(), parts.silenceApproves());
    talk = new Talk(client, outbox);
    bulletin =
        new Bulletin(
            parts.desk(),
            client,
            outbox,
            parts.messages(),
            parts.states(),
            seal,
            wording,
            parts.clock());
    conversation =
        new Conversation(
            config.phoneNumberId(),
            people,
            new Attempts(NAME, parts.audit(), parts.clock()),
            new Talkers(parts.clock()),
            parts.desk(),
            bulletin,
            seal,
            new Commands(parts.desk(), wording, talk),
            talk);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void start() {
    try {
      bulletin.takeUp();
    } catch (StoreException e) {
      LOG.error("questions of an earlier daemon stay without their end", e);
    }
    try {
      Webhook listening =
          Webhook.start(
              config.webhookPort(),
              config.verifyToken(),
              new Signature(config.appSecret()),
              conversation::hear);
      webhook = Optional.of(listening);
      health.listens(listening.port());
    } catch (IOException e) {
      health.cannotListen(config.webhookPort(), e.getMessage());
    }
  }

  /** Return where the webhook listens; empty when it does not. */
  Optional<Integer> port() {
    return webhook.map(Webhook::port);
  }

  @Override
  public void tell(ApprovalEvent event) {
    long id = event.approval().id();
    if (event instanceof ApprovalEvent.Opened) {
      bulletin.ask(id, people.audience());
    } else if (event instanceof ApprovalEvent.Decided
        && event.approval().state() == ApprovalState.APPROVED) {
      /* It mostly goes on at once, and one message says both. */
      after(RELEASE_PATIENCE_MS, () -> bulletin.tellEnd(id));
    } else {
      bulletin.tellEnd(id);
    }
  }

  private void after(long milliseconds, Runnable work) {
    try {
      var unused = later.schedule(work, milliseconds, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("the channel has ended", e);
    }
  }

  @Override
  public void anchor(ChainAnchor anchor) {
    people.audience().forEach(phone -> talk.anchor(phone, anchor));
  }

  @Override
  public ChannelHealth health() {
    return health.now();
  }

  @Override
  public void close() {
    webhook.ifPresent(Webhook::close);
    later.shutdownNow();
    outbox.close();
  }
}
