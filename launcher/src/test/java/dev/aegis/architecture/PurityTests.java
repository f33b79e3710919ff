package dev.aegis.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;

/** What is asked and what is answered needs no socket, no thread, no clock and no file. */
@AnalyzeClasses(packages = "dev.aegis", importOptions = DoNotIncludeTests.class)
final class PurityTests {

  private static final String[] PURE = {
    "dev.aegis.operation..", "dev.aegis.policy..", "dev.aegis.wire.."
  };

  /* Reading and writing numeric addresses asks nobody. */
  private static final DescribedPredicate<JavaClass> NUMERIC_ADDRESS =
      belongToAnyOf(InetAddress.class, UnknownHostException.class);

  @ArchTest
  static final ArchRule policy_opens_no_socket_and_no_file =
      noClasses()
          .that()
          .resideInAnyPackage(PURE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.nio.channels..", "java.sql..")
          .orShould()
          .dependOnClassesThat(resideInAPackage("java.net..").and(not(NUMERIC_ADDRESS)))
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Files.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(java.io.File.class);

  @ArchTest
  static final ArchRule policy_starts_no_thread_and_no_process =
      noClasses()
          .that()
          .resideInAnyPackage(PURE)
          .should()
          .dependOnClassesThat()
          .areAssignableTo(Thread.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(java.util.concurrent.Executor.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(ProcessBuilder.class);

  @ArchTest
  static final ArchRule policy_reads_no_clock_and_no_dice =
      noClasses()
          .that()
          .resideInAnyPackage(PURE)
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Clock.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Random.class);

  @ArchTest
  static final ArchRule the_daemon_never_runs_a_program =
      noClasses()
          .that()
          .resideInAPackage("dev.aegis.daemon..")
          .should()
          .dependOnClassesThat()
          .areAssignableTo(ProcessBuilder.class)
          .orShould()
          .callMethodWhere(target(owner(type(Runtime.class))).and(target(name("exec"))));
}
