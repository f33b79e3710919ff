package dev.aegis.daemon.channels.telegram;

import dev.aegis.config.AegisConfig;
import dev.aegis.config.Role;
import dev.aegis.daemon.approvals.AnswerRules;
import dev.aegis.daemon.approvals.Approval;
import dev.aegis.daemon.approvals.ApprovalBook;
import dev.aegis.daemon.approvals.ApprovalDetail;
import dev.aegis.daemon.approvals.ApprovalRecords;
import dev.aegis.daemon.approvals.BlastRadius;
import dev.aegis.daemon.approvals.GrantBook;
import dev.aegis.daemon.approvals.Question;
import dev.aegis.daemon.approvals.Terms;
import dev.aegis.daemon.approvals.Timekeeper;
import dev.aegis.daemon.audit.AuditKey;
import dev.aegis.daemon.audit.ChainedAuditLog;
import dev.aegis.daemon.audit.Redactor;
import dev.aegis.daemon.channels.ChannelMessages;
import dev.aegis.daemon.channels.ChannelRouter;
import dev.aegis.daemon.channels.ChannelStates;
import dev.aegis.daemon.channels.Disturbance;
import dev.aegis.daemon.kernel.ProcessFacts;
import dev.aegis.daemon.store.ApprovalRepository;
import dev.aegis.daemon.store.Database;
import dev.aegis.daemon.store.GrantRepository;
import dev.aegis.daemon.store.ProcessKey;
import dev.aegis.daemon.store.SqliteJournal;
import dev.aegis.daemon.store.StoreException;
import dev.aegis.operation.Risk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A daemon's approvals over a real database, with the Telegram channel on a server of the test. */
final class PhoneWorld implements AutoCloseable {

  static final long ADMIN = 7;
  static final long APPROVER = 8;
  static final long VIEWER = 9;
  static final long STRANGER = 666;
  static final ProcessKey ALIVE =
      ProcessFacts.of((int) ProcessHandle.current().pid()).orElseThrow().key();

  final ApprovalBook book;
  final ChannelRouter router;
  final ChainedAuditLog audit;
  final Database database;
  private final SqliteJournal journal;
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final ExecutorService workers = Executors.newFixedThreadPool(3);

  /** What a test may want otherwise. */
  record Options(
      List<AegisConfig.Chat> chats,
      Map<Long, Role> people,
      AnswerRules rules,
      Duration denyReason,
      int openQuestions) {
    static Options standard() {
      return new Options(
          List.of(),
          Map.of(ADMIN, Role.ADMIN, VIEWER, Role.VIEWER),
          AnswerRules.PLAIN,
          Duration.ZERO,
          5);
    }

    Options denyReason(Duration time) {
      return new Options(chats, people, rules, time, openQuestions);
    }

    Options people(Map<Long, Role> others) {
      return new Options(chats, others, rules, denyReason, openQuestions);
    }

    Options rules(AnswerRules others) {
      return new Options(chats, people, others, denyReason, openQuestions);
    }

    Options openQuestions(int most) {
      return new Options(chats, people, rules, denyReason, most);
    }

    Options chats(AegisConfig.Chat... groups) {
      return new Options(List.of(groups), people, rules, denyReason, openQuestions);
    }
  }

  PhoneWorld(Path directory, FakeBotApi bot, Options options) throws Exception {
    database = Database.open(directory.resolve("aegis.db"));
    journal = SqliteJournal.start(database);
    Redactor redactor = new Redactor();
    AuditKey key = AuditKey.obtain(directory.resolve("audit.key"), database);
    audit = new ChainedAuditLog(journal, key, redactor);
    ApprovalRecords records =
        new ApprovalRecords(
            journal,
            audit,
            new ApprovalRepository(database, redactor::redact),
            new GrantRepository(database),
            database);
    Timekeeper time = Timekeeper.system(clock);
    book =
        new ApprovalBook(
            records, new GrantBook(records, time), time, workers, options.rules(), () -> false);
    book.reload(session -> true);
    TelegramChannel channel =
        new TelegramChannel(
            new TelegramChannel.Parts(
                new AegisConfig.Telegram(
                    FakeBotApi.TOKEN,
                    options.people(),
                    options.chats(),
                    bot.url(),
                    options.denyReason()),
                book,
                List::of,
                new ChannelStates(journal, database),
                new ChannelMessages(TelegramChannel.NAME, journal, database),
                audit,
                key.derive("buttons of telegram"),
                "laptop",
                false,
                Instant::now,
                Duration.ofSeconds(1)));
    router =
        ChannelRouter.start(
            book,
            List.of(channel),
            new Disturbance(
                options.openQuestions(), Optional.empty(), AegisConfig.QuietAction.HOLD),
            LocalTime::now);
  }

  /** Ask a question; completed with how it ends. */
  Asked ask(String command) throws Exception {
    return ask(command, Duration.ofMinutes(5));
  }

  /** A question and its end. */
  record Asked(long id, CompletableFuture<Approval> end) {
    Approval ended() throws Exception {
      return end.get(20, TimeUnit.SECONDS);
    }
  }

  Asked ask(String command, Duration timeout) throws Exception {
    CompletableFuture<Approval> end = new CompletableFuture<>();
    long id =
        book.ask(
                question(command, timeout),
                false,
                Optional.of((approval, terms) -> end.complete(approval)))
            .get(20, TimeUnit.SECONDS);
    return new Asked(id, end);
  }

  /** The process that waited says that it goes on. */
  void release(long id) throws Exception {
    if (!book.released("session-1", id, ALIVE, Optional.empty())) {
      throw new AssertionError("not ours");
    }
  }

  List<String> audited(String kind) throws Exception {
    return database.read(
        connection -> {
          List<String> records = new ArrayList<>();
          try (var select =
              connection.prepareStatement("SELECT record FROM audit WHERE kind = ? ORDER BY seq")) {
            select.setString(1, kind);
            try (var rows = select.executeQuery()) {
              while (rows.next()) {
                records.add(rows.getString(1));
              }
            }
          }
          return records;
        });
  }

  static Question question(String command, Duration timeout) {
    return new Question(
        "session-1",
        "claude",
        ALIVE,
        "execute",
        command,
        "/usr/bin/rm",
        "/w",
        List.of("file.delete", "file.delete.recursive"),
        "ask-deletes",
        "deletes a directory",
        new Risk(60, List.of("cannot be taken back")),
        new BlastRadius(12, 3_400_000, 5, 0, true),
        "libc",
        List.of(
            new ApprovalDetail.PlannedStep(
                command, "require_approval", "ask-deletes", "why", 60, List.of("file.delete"))),
        List.of(new ApprovalDetail.Ancestor(42, "/usr/bin/bash", "bash -c '" + command + "'")),
        new Terms(
            "exact " + command,
            "shape " + command,
            "/w",
            "tail",
            List.of("step"),
            List.of("file.delete"),
            List.of("/w/build"),
            List.of(),
            true,
            false),
        timeout);
  }

  @Override
  public void close() throws IOException, StoreException {
    router.close();
    clock.shutdownNow();
    workers.shutdown();
    try {
      if (!workers.awaitTermination(10, TimeUnit.SECONDS)) {
        throw new AssertionError("work is left");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    journal.close();
    database.close();
  }
}
