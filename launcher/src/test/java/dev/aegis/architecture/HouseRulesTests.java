package dev.aegis.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@AnalyzeClasses(packages = "dev.aegis", importOptions = DoNotIncludeTests.class)
final class HouseRulesTests {

  @ArchTest
  static final ArchRule a_name_says_what_a_class_is =
      noClasses().should().haveNameMatching(".*(Utils?|Helper|Manager|Impl)(\\$.*)?");

  @ArchTest
  static final ArchRule only_the_command_itself_ends_the_jvm =
      noClasses()
          .that()
          .doNotHaveSimpleName("Main")
          .and()
          .doNotHaveSimpleName("DaemonMain")
          .should()
          .callMethod(System.class, "exit", int.class);

  @Test
  void every_package_says_what_belongs_there() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("..").toRealPath())) {
      List<Path> sources =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .filter(file -> file.toString().contains("/src/main/java/"))
              .toList();
      assertThat(sources).isNotEmpty();
      Set<Path> silent =
          sources.stream()
              .map(Path::getParent)
              .filter(directory -> !Files.exists(directory.resolve("package-info.java")))
              .collect(Collectors.toSet());
      assertThat(silent).isEmpty();
    }
  }
}
