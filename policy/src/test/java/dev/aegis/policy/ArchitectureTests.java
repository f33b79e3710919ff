package dev.aegis.policy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** What a decision may depend on. */
class ArchitectureTests {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.aegis");

  @Test
  void decisions_depend_on_operations_and_policy_alone() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.aegis.policy..", "dev.aegis.operation..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.aegis.wire..", "dev.aegis.config..", "dev.aegis.daemon..")
        .check(CLASSES);
  }

  @Test
  void operations_depend_on_nothing_of_ours() {
    noClasses()
        .that()
        .resideInAPackage("dev.aegis.operation..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.aegis.policy..", "dev.aegis.wire..", "dev.aegis.config..", "org.tomlj..")
        .check(CLASSES);
  }

  @Test
  void decisions_look_at_no_file_no_network_no_clock_and_start_no_thread() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.aegis.policy..", "dev.aegis.operation..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.net..", "java.nio.channels..", "java.nio.file..")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.io.File")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.lang.Thread")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.lang.ProcessBuilder")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.time.Clock")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .check(CLASSES);
  }

  @Test
  void packages_have_no_cycles() {
    slices().matching("dev.aegis.policy.(*)..").should().beFreeOfCycles().check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage("dev.aegis.policy")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.aegis.policy.rules..", "dev.aegis.policy.meaning..", "dev.aegis.policy.command..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage("dev.aegis.policy.command..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.aegis.policy", "dev.aegis.policy.rules..", "dev.aegis.policy.meaning..")
        .check(CLASSES);
  }
}
