package dev.aegis.daemon.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.daemon.audit.AuditChainFixture;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KilledWriterTests {

  private static final int ACKNOWLEDGED_BEFORE_THE_KILL = 400;

  @TempDir private Path directory;

  @ParameterizedTest
  @EnumSource(names = {"WRITTEN", "SYNCED"})
  void a_record_that_was_acknowledged_survives_kill_9_in_mid_load(Durability durability)
      throws Exception {
    Process writer = start(durability);
    Set<Long> acknowledged = new TreeSet<>();
    try (BufferedReader lines = writer.inputReader(StandardCharsets.UTF_8)) {
      String line = lines.readLine();
      while (line != null) {
        acknowledged.add(Long.valueOf(line));
        if (acknowledged.size() == ACKNOWLEDGED_BEFORE_THE_KILL) {
          writer.toHandle().destroyForcibly();
        }
        line = lines.readLine();
      }
    }
    assertThat(writer.waitFor()).isEqualTo(128 + 9);
    assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(ACKNOWLEDGED_BEFORE_THE_KILL);

    try (Database database = Database.open(directory.resolve("aegis.db"))) {
      Set<Long> kept =
          database.read(
              connection ->
                  new TreeSet<>(
                      Columns.all(
                          connection.prepareStatement("SELECT seq FROM audit"),
                          row -> row.getLong(1))));
      assertThat(kept).containsAll(acknowledged);
      assertThat(AuditChainFixture.verifier(database, directory).verify().broken()).isEmpty();
    }
  }

  private Process start(Durability durability) throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            AcknowledgingWriter.class.getName(),
            directory.toString(),
            durability.name())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}
