package dev.aegis.daemon.store;

import dev.aegis.daemon.audit.AuditChainFixture;
import dev.aegis.daemon.audit.AuditEvent;
import dev.aegis.daemon.audit.AuditLog;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

/** A process that writes until it is killed, and says which records were acknowledged. */
public final class AcknowledgingWriter {

  private static final int IN_FLIGHT = 64;

  private AcknowledgingWriter() {}

  public static void main(String[] args) throws Exception {
    Path directory = Path.of(args[0]);
    Durability durability = Durability.valueOf(args[1]);
    Database database = Database.open(directory.resolve("aegis.db"));
    AuditLog log = AuditChainFixture.log(SqliteJournal.start(database), directory);
    PrintStream out = System.out;
    Semaphore inFlight = new Semaphore(IN_FLIGHT);
    while (true) {
      inFlight.acquire();
      AuditEvent event =
          new AuditEvent(Instant.now(), "operation.denied", "s", Map.of("path", "/x"));
      CompletableFuture<Void> said =
          log.append(event, durability)
              .thenAccept(out::println)
              .whenComplete((done, failure) -> inFlight.release());
      if (said.isCompletedExceptionally()) {
        said.join();
      }
    }
  }
}
