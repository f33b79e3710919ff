package dev.aegis.policy.meaning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.operation.Category;
import dev.aegis.operation.Coverage;
import dev.aegis.policy.Operations;
import dev.aegis.policy.ScriptedSurroundings;
import dev.aegis.policy.command.CommandLine;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every example of the catalogue means what it says. */
class CatalogueTests {
  private final Subjects subjects = Subjects.shipped();

  @TestFactory
  Stream<DynamicTest> examples() {
    return Catalogue.shipped().examples().stream()
        .map(e -> DynamicTest.dynamicTest(e.file() + ": " + e.run(), () -> check(e)));
  }

  private void check(Catalogue.Example example) {
    String run = example.run().replace("/home/user", ScriptedSurroundings.HOME);
    ScriptedSurroundings surroundings = new ScriptedSurroundings();
    surroundings.everythingExists();
    String[] argv = CommandLine.words(run).orElse(List.of("sh", "-c", run)).toArray(String[]::new);
    List<String> categories =
        subjects
            .of(
                Operations.execute(ScriptedSurroundings.WORKSPACE, Coverage.LIBC, 0, argv),
                "/usr/bin/sh",
                surroundings)
            .stream()
            .flatMap(s -> s.categories().stream())
            .map(Category::name)
            .distinct()
            .sorted()
            .toList();
    assertThat(categories).containsExactlyInAnyOrderElementsOf(example.means());
  }
}
