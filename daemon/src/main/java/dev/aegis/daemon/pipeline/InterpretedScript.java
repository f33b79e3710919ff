package dev.aegis.daemon.pipeline;

import dev.aegis.daemon.kernel.KernelFiles;
import dev.aegis.operation.FileIdentity;
import dev.aegis.operation.Operation.Execute;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The script that a started program will run: by the kernel's word for {@code #!}, and by the first
 * argument of an interpreter of the machine's, which is how {@code /usr/bin/env} starts most.
 */
final class InterpretedScript {

  private static final Set<String> INTERPRETERS =
      Set.of("node", "nodejs", "bash", "dash", "sh", "perl", "ruby");

  /* With one of these the interpreter runs something else first. */
  private static final List<String> INJECTIONS =
      List.of("NODE_", "PYTHON", "PERL", "RUBY", "BASH_ENV=", "BASH_FUNC_", "ENV=");

  private InterpretedScript() {}

  static Optional<String> of(Execute execute) {
    if (execute.interpreter().isPresent()) {
      return Optional.of(execute.path());
    }
    if (!interprets(execute.path()) || execute.argv().size() < 2 || isInjected(execute)) {
      return Optional.empty();
    }
    String word = execute.argv().get(1);
    return word.startsWith("-") ? Optional.empty() : file(execute.cwd(), word);
  }

  private static boolean interprets(String program) {
    String name = program.substring(program.lastIndexOf('/') + 1);
    boolean known = INTERPRETERS.contains(name) || name.matches("(python|perl|ruby)[0-9.]*");
    return known && program.startsWith("/usr/");
  }

  private static boolean isInjected(Execute execute) {
    return execute.environment().stream()
        .anyMatch(variable -> INJECTIONS.stream().anyMatch(variable::startsWith));
  }

  private static Optional<String> file(String cwd, String word) {
    String path = Path.of(cwd).resolve(word).normalize().toString();
    return KernelFiles.identifyTarget(path).filter(FileIdentity::isRegular).map(f -> path);
  }
}
