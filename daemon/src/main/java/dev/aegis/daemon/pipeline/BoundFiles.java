package dev.aegis.daemon.pipeline;

import dev.aegis.daemon.approvals.Fingerprint;
import dev.aegis.daemon.kernel.ProcessFacts;
import dev.aegis.operation.Operation;
import dev.aegis.operation.Operation.Execute;
import dev.aegis.policy.Decision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The files that an approval is bound to: what would run, and what that would run in turn. */
final class BoundFiles {

  private BoundFiles() {}

  /**
   * Take the fingerprints of the programs and scripts behind a question; the last is of the file
   * that the kernel will run for it.
   *
   * @param steps the steps that ask
   * @param cwd of steps whose own is unknown
   * @param asker process that asks; its PATH says where bare names lead
   */
  static List<Fingerprint> of(
      Operation operation, List<Decision.Step> steps, String cwd, int asker) {
    if (!(operation instanceof Execute execute)) {
      return List.of();
    }
    List<String> places = ProcessFacts.searchPath(asker);
    List<String> own =
        Stream.of(InterpretedScript.of(execute), Optional.of(execute.path()), execute.interpreter())
            .flatMap(Optional::stream)
            .distinct()
            .toList();
    Stream<String> shown =
        steps.stream()
            .filter(step -> !step.argv().isEmpty())
            .flatMap(step -> files(step.argv(), step.cwd().isEmpty() ? cwd : step.cwd(), places))
            .filter(file -> !own.contains(file));
    return Stream.concat(shown, own.stream())
        .distinct()
        .flatMap(path -> Fingerprint.take(path).stream())
        .toList();
  }

  private static Stream<String> files(List<String> argv, String cwd, List<String> path) {
    String name = argv.get(0);
    Stream<String> places =
        name.contains("/") ? Stream.of(name) : path.stream().map(place -> place + "/" + name);
    Optional<String> program =
        places
            .flatMap(place -> real(cwd, place).stream())
            .filter(BoundFiles::isProgram)
            .findFirst();
    Optional<String> script = InterpretedScript.of(argv, cwd).flatMap(file -> real(cwd, file));
    return Stream.concat(program.stream(), script.stream());
  }

  private static boolean isProgram(String path) {
    return Files.isRegularFile(Path.of(path)) && Files.isExecutable(Path.of(path));
  }

  /* As the kernel will name it. What is not there, or Java cannot name, is not bound, and what is
   * not bound is asked about again. */
  private static Optional<String> real(String cwd, String word) {
    try {
      return Optional.of(Path.of(cwd).resolve(word).toRealPath().toString());
    } catch (IOException | InvalidPathException e) {
      return Optional.empty();
    }
  }
}
