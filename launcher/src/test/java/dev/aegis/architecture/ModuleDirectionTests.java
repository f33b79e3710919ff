package dev.aegis.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Dependencies point one way: launcher, daemon and agent know policy, and nobody else. */
@AnalyzeClasses(packages = "dev.aegis", importOptions = DoNotIncludeTests.class)
final class ModuleDirectionTests {

  private static final String[] POLICY = {
    "dev.aegis.operation..", "dev.aegis.policy..", "dev.aegis.wire..", "dev.aegis.config.."
  };

  @ArchTest
  static final ArchRule policy_knows_no_other_module =
      noClasses()
          .that()
          .resideInAnyPackage(POLICY)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.aegis.daemon..", "dev.aegis.launcher..", "dev.aegis.cli..", "dev.aegis.agent..");

  @ArchTest
  static final ArchRule operations_know_nothing_else_of_ours =
      noClasses()
          .that()
          .resideInAPackage("dev.aegis.operation..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.aegis.policy..", "dev.aegis.wire..", "dev.aegis.config..");

  @ArchTest
  static final ArchRule the_daemon_knows_neither_launcher_nor_agent =
      noClasses()
          .that()
          .resideInAPackage("dev.aegis.daemon..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.aegis.launcher..", "dev.aegis.cli..", "dev.aegis.agent..");

  @ArchTest
  static final ArchRule the_launcher_knows_neither_daemon_nor_agent =
      noClasses()
          .that()
          .resideInAnyPackage("dev.aegis.launcher..", "dev.aegis.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.aegis.daemon..", "dev.aegis.agent..");

  @ArchTest
  static final ArchRule sessions_know_nothing_of_the_command_line =
      noClasses()
          .that()
          .resideInAPackage("dev.aegis.launcher..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.aegis.cli..");

  @ArchTest
  static final ArchRule packages_of_the_daemon_form_no_cycle =
      slices().matching("dev.aegis.daemon.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule packages_of_policy_form_no_cycle =
      slices().matching("dev.aegis.policy.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule packages_of_the_launcher_form_no_cycle =
      slices().matching("dev.aegis.launcher.(*)..").should().beFreeOfCycles();
}
