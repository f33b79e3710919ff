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
    return firstArgument(execute.argv(), execute.cwd());
  }

  /** Find the script of a command line that an interpreter would run, whatever runs first in it. */
  static Optional<String> of(List<String> argv, String cwd) {
    return argv.size() > 1 && isInterpreter(argv.get(0))
        ? firstArgument(argv, cwd)
        : Optional.empty();
  }

  private static Optional<String> firstArgument(List<String> argv, String cwd) {
    String word = argv.get(1);
    return word.startsWith("-") ? Optional.empty() : file(cwd, word);
  }

  private static boolean interprets(String program) {
    return program.startsWith("/usr/") && isInterpreter(program);
  }

  private static boolean isInterpreter(String program) {
    String name = program.substring(program.lastIndexOf('/') + 1);
    return INTERPRETERS.contains(name) || name.matches("(python|perl|ruby)[0-9.]*");
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
