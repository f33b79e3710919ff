package dev.aegis.daemon.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationsTests {

  private static final Migrations.Migration FIRST =
      new Migrations.Migration(1, "001_first.sql", "CREATE TABLE one (a INTEGER);");
  private static final Migrations.Migration SECOND =
      new Migrations.Migration(
          2,
          "002_second.sql",
          "ALTER TABLE one ADD COLUMN b TEXT; INSERT INTO one VALUES (1, 'x');");

  @TempDir private Path directory;

  @Test
  void a_new_database_gets_the_newest_schema_and_is_the_owners_alone() throws Exception {
    Path file = directory.resolve("deep/aegis.db");
    try (Database database = Database.open(file)) {
      assertThat(database.<Integer>read(Migrations::version))
          .isEqualTo(Migrations.shipped().newest());
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void an_older_database_is_brought_up_to_date_once() throws Exception {
    Path file = directory.resolve("aegis.db");
    Database.open(file, new Migrations(List.of(FIRST))).close();
    Database.open(file, new Migrations(List.of(FIRST, SECOND))).close();

    try (Database database = Database.open(file, new Migrations(List.of(FIRST, SECOND)))) {
      assertThat(
              database.<List<String>>read(
                  connection ->
                      Columns.all(
                          connection.prepareStatement("SELECT b FROM one"),
                          row -> row.getString(1))))
          .containsExactly("x");
    }
  }

  @Test
  void a_newer_database_is_refused_and_left_as_it_is() throws Exception {
    Path file = directory.resolve("aegis.db");
    Database.open(file, new Migrations(List.of(FIRST, SECOND))).close();

    assertThatThrownBy(() -> Database.open(file, new Migrations(List.of(FIRST))))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("schema 2")
        .hasMessageContaining("knows 1 at most");
  }

  @Test
  void a_step_that_fails_leaves_the_step_before() throws Exception {
    Path file = directory.resolve("aegis.db");
    Migrations.Migration bad =
        new Migrations.Migration(2, "002_bad.sql", "CREATE TABLE two (a INTEGER); NONSENSE;");

    assertThatThrownBy(() -> Database.open(file, new Migrations(List.of(FIRST, bad))))
        .isInstanceOf(StoreException.class);
    try (Database database = Database.open(file, new Migrations(List.of(FIRST)))) {
      assertThat(database.<Integer>read(Migrations::version)).isEqualTo(1);
    }
  }

  @Test
  void a_file_that_is_no_database_is_called_corrupt() throws Exception {
    Path file = Files.writeString(directory.resolve("aegis.db"), "not a database".repeat(1000));

    assertThatThrownBy(() -> Database.open(file))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("corrupt");
  }
}
