package dev.aegis.daemon.core;

import dev.aegis.config.AegisConfig;
import dev.aegis.config.AegisConfig.DefaultAction;
import dev.aegis.config.Role;
import dev.aegis.daemon.audit.AuditKey;
import dev.aegis.daemon.audit.AuditReader;
import dev.aegis.daemon.channels.Anchors;
import dev.aegis.daemon.channels.ChainAnchor;
import dev.aegis.daemon.channels.Channel;
import dev.aegis.daemon.channels.ChannelMessages;
import dev.aegis.daemon.channels.ChannelRouter;
import dev.aegis.daemon.channels.ChannelStates;
import dev.aegis.daemon.channels.Disturbance;
import dev.aegis.daemon.channels.telegram.TelegramChannel;
import dev.aegis.daemon.channels.whatsapp.WhatsAppChannel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The channels that the configuration names. A new one is added here. */
final class Channels {

  private static final Logger LOG = LoggerFactory.getLogger(Channels.class);
  private static final Duration POLL = Duration.ofSeconds(50);

  private Channels() {}

  static ChannelRouter start(
      AegisConfig config, Stores stores, Supervision supervision, AuditKey key) {
    List<Channel> channels = new ArrayList<>();
    if (hasTelegram(config.telegram())) {
      channels.add(telegram(config, stores, supervision, key));
    }
    if (hasWhatsApp(config.whatsApp())) {
      channels.add(whatsApp(config, stores, supervision, key));
    }
    AegisConfig.Approvals approvals = config.approvals();
    return ChannelRouter.start(
        supervision.desk(),
        channels,
        new Disturbance(approvals.openQuestions(), approvals.quietHours(), approvals.quietAction()),
        LocalTime::now);
  }

  /** Anchor the audit log in the channels. */
  static Anchors anchor(
      AegisConfig.Audit config, Stores stores, AuditReader reader, ChannelRouter router) {
    String host = host();
    Anchors anchors =
        Anchors.start(
            () -> reader.head().map(row -> new ChainAnchor(host, row.sequence(), row.mac())),
            router::anchor,
            Anchors.Pace.every(config.anchorEvery()));
    stores.audit().listen(anchors::hear);
    return anchors;
  }

  private static boolean hasTelegram(AegisConfig.Telegram telegram) {
    if (telegram.botToken().isEmpty()) {
      return false;
    }
    if (telegram.allowedUsers().isEmpty()) {
      LOG.warn(
          "telegram.bot_token is set, but nobody may answer: set telegram.allowed_users; Telegram"
              + " is off");
      return false;
    }
    return true;
  }

  private static boolean hasWhatsApp(AegisConfig.WhatsApp config) {
    if (config.accessToken().isEmpty()) {
      return false;
    }
    List<String> missing = new ArrayList<>();
    Map.of(
            "whatsapp.phone_number_id", config.phoneNumberId(),
            "whatsapp.app_secret", config.appSecret(),
            "whatsapp.verify_token", config.verifyToken())
        .forEach(
            (name, value) -> {
              if (value.isEmpty()) {
                missing.add(name);
              }
            });
    if (config.people().values().stream().noneMatch(role -> role.isAtLeast(Role.APPROVER))) {
      missing.add("whatsapp.allowed_numbers");
    }
    if (!missing.isEmpty()) {
      LOG.warn(
          "whatsapp.access_token is set, and these are not: {}; WhatsApp is off",
          String.join(", ", missing));
    }
    return missing.isEmpty();
  }

  private static WhatsAppChannel whatsApp(
      AegisConfig config, Stores stores, Supervision supervision, AuditKey key) {
    return new WhatsAppChannel(
        new WhatsAppChannel.Parts(
            config.whatsApp(),
            supervision.desk(),
            new ChannelStates(stores.journal(), stores.queries()),
            new ChannelMessages(WhatsAppChannel.NAME, stores.journal(), stores.queries()),
            stores.audit(),
            key.derive("buttons of " + WhatsAppChannel.NAME),
            host(),
            config.approvals().defaultAction() == DefaultAction.APPROVE,
            Instant::now));
  }

  private static TelegramChannel telegram(
      AegisConfig config, Stores stores, Supervision supervision, AuditKey key) {
    return new TelegramChannel(
        new TelegramChannel.Parts(
            config.telegram(),
            supervision.desk(),
            supervision.pause(),
            supervision.sessions()::list,
            new ChannelStates(stores.journal(), stores.queries()),
            new ChannelMessages(TelegramChannel.NAME, stores.journal(), stores.queries()),
            stores.audit(),
            key.derive("buttons of " + TelegramChannel.NAME),
            host(),
            config.approvals().defaultAction() == DefaultAction.APPROVE,
            Instant::now,
            POLL));
  }

  /* Asking the resolver could take seconds; the kernel knows. */
  private static String host() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException e) {
      LOG.warn("the kernel does not name this machine", e);
      return "this machine";
    }
  }
}
