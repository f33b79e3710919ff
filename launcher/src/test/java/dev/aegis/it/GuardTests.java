package dev.aegis.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attacks of a wrapped program on Aegis itself. */
class GuardTests {

  private static final String ALLOW_ALL =
      """
      [policy]
      default_action = "allow"
      """;

  private static Product product;
  private static Path workspace;
  private static long daemon;

  @BeforeAll
  static void prepare() throws IOException {
    product = new Product().policy(ALLOW_ALL);
    Files.writeString(
        product.home().resolve("config.toml"), "[telegram]\nbot_token = \"12:hidden\"\n");
    workspace = product.workspace("project");
    assertThat(product.aegis("start").exitCode()).isZero();
    daemon = product.awaitDaemon();
  }

  @AfterAll
  static void cleanUp() throws IOException {
    product.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cat $H/audit.key",
        "cat $H/policy.toml",
        "cp $H/aegis.db .",
        "echo x >> $H/policy.toml",
        "echo x > $H/config.toml",
        "rm -f $H/aegis.db && test ! -e $H/aegis.db",
        "rm -rf $H && test ! -e $H",
        "mv $H elsewhere",
        "ln -s $H link && cat link/audit.key",
        "mkdir $H/policy.d/x",
        "chmod 777 $H",
        "cd $H && cat audit.key",
        "cat /proc/$D/environ",
        "cat /proc/$D/root$H/audit.key",
        "head -c 1 /proc/$D/mem",
        "kill -9 $D"
      })
  void the_state_and_the_daemon_are_out_of_reach_whatever_the_policy_says(String attack)
      throws Exception {
    String line = "H=%s D=%d; %s".formatted(product.home(), daemon, attack);
    Finished finished =
        product.wrap(workspace, "--timeout", "2", "bash", "-c", line + "; exit $?").await();
    assertThat(finished.exitCode()).as(finished.out()).isNotZero();
    assertThat(product.awaitDaemon()).isEqualTo(daemon);
    assertThat(product.home().resolve("policy.toml")).hasContent(ALLOW_ALL);
    assertThat(product.aegis("audit", "verify").exitCode()).isZero();
  }

  @Test
  void an_attack_on_the_state_stands_in_the_audit_log() throws Exception {
    String aimed = product.home().resolve("policy.d/mine.toml").toString();
    Finished finished = product.wrap(workspace, "bash", "-c", "echo x >> " + aimed).await();
    assertThat(finished.exitCode()).isNotZero();
    Awaitility.await()
        .atMost(Product.PATIENCE)
        .untilAsserted(
            () ->
                assertThat(AuditRows.of(product.home(), "operation.denied"))
                    .filteredOn(row -> row.at("/detail/path").asText().equals(aimed))
                    .singleElement()
                    .satisfies(
                        row ->
                            assertThat(row.at("/detail/rule").asText())
                                .isEqualTo("builtin.guard")));
  }

  @Test
  void no_secret_of_aegis_reaches_the_wrapped_program() throws Exception {
    Finished finished = product.wrap(workspace, "env").await();
    assertThat(finished.exitCode()).as(finished.err()).isZero();
    assertThat(finished.out()).contains("HOME=").doesNotContain("hidden", "AEGIS_TELEGRAM");
  }
}
