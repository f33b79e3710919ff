package dev.aegis.daemon.audit;

import dev.aegis.daemon.store.Journal;
import dev.aegis.daemon.store.Queries;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** An audit log whose key lies beside its database. */
public final class AuditChainFixture {

  private AuditChainFixture() {}

  public static ChainedAuditLog log(Journal journal, Path directory) throws IOException {
    return new ChainedAuditLog(journal, key(directory), new Redactor());
  }

  public static AuditVerifier verifier(Queries queries, Path directory) throws IOException {
    return new AuditVerifier(queries, key(directory));
  }

  private static AuditKey key(Path directory) throws IOException {
    Path file = directory.resolve("audit.key");
    Optional<AuditKey> key = AuditKey.read(file);
    return key.isPresent() ? key.get() : AuditKey.create(file);
  }
}
