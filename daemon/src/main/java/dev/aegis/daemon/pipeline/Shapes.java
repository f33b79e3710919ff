package dev.aegis.daemon.pipeline;

import dev.aegis.operation.Operation;
import dev.aegis.operation.Operation.Execute;
import dev.aegis.operation.Operation.FileAccess;
import dev.aegis.operation.OperationKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The words that make up an operation: all of them, or its shape. A shape keeps program, subcommand
 * and flags, and generalises only operands under the same directory.
 */
final class Shapes {

  /* Only where every operand is known to be a path: elsewhere a word may be a subcommand. */
  private static final Set<String> PATH_OPERANDS =
      Set.of("rm", "rmdir", "unlink", "shred", "truncate", "touch", "mkdir", "cat");

  private Shapes() {}

  static List<String> exact(Operation operation, String program) {
    List<String> words = new ArrayList<>(List.of(operation.kind().tool(), program));
    if (operation instanceof Execute execute) {
      words.add(execute.path());
      words.add(execute.interpreter().orElse(""));
      words.add(execute.cwd());
      words.add(Integer.toString(execute.argv().size()));
      words.addAll(execute.argv());
      words.addAll(execute.environment());
    } else if (operation instanceof FileAccess access) {
      words.add(access.path());
      words.add(access.otherPath().orElse(""));
      words.add(Integer.toOctalString(access.mode()));
    } else {
      words.add(Sentences.of(operation));
    }
    return words;
  }

  static List<String> shape(Operation operation, String program) {
    if (operation instanceof Execute execute && hasPathOperands(execute)) {
      return ofExecute(execute);
    }
    if (operation instanceof FileAccess access && access.kind() != OperationKind.READ_FILE) {
      return List.of(
          access.kind().tool(),
          program,
          directory(access.path()),
          access.otherPath().map(Shapes::directory).orElse(""),
          access.kind() == OperationKind.CHANGE_MODE ? Integer.toOctalString(access.mode()) : "");
    }
    return exact(operation, program);
  }

  private static boolean hasPathOperands(Execute execute) {
    String name = execute.path().substring(execute.path().lastIndexOf('/') + 1);
    return execute.interpreter().isEmpty() && PATH_OPERANDS.contains(name);
  }

  private static List<String> ofExecute(Execute execute) {
    List<String> words = new ArrayList<>(List.of("execute", execute.path()));
    words.addAll(execute.environment());
    String last = "";
    for (String argument :
        execute.argv().subList(Math.min(1, execute.argv().size()), execute.argv().size())) {
      boolean operand = !argument.startsWith("-") && !argument.isEmpty();
      String word =
          operand ? "in " + directory(absolute(execute.cwd(), argument)) : "is " + argument;
      if (!operand || !word.equals(last)) {
        words.add(word);
      }
      last = word;
    }
    return words;
  }

  private static String absolute(String cwd, String argument) {
    return argument.startsWith("/") ? argument : cwd + "/" + argument;
  }

  /* A name that could climb stays as it is: it is under no directory that text can tell. */
  private static String directory(String path) {
    String trimmed = path.replaceAll("/+$", "");
    String[] parts = trimmed.split("/", -1);
    for (String part : parts) {
      if (part.equals("..") || part.equals(".")) {
        return path;
      }
    }
    int slash = trimmed.lastIndexOf('/');
    return slash < 0 ? path : trimmed.substring(0, slash) + "/*";
  }
}
