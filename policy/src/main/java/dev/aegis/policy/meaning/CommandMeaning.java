package dev.aegis.policy.meaning;

import dev.aegis.operation.Operation.Execute;
import dev.aegis.operation.OperationKind;
import dev.aegis.policy.Surroundings;
import dev.aegis.policy.command.Quoting;
import java.util.List;

/** Turns the start of a program into its steps. */
final class CommandMeaning {
  CommandMeaning(FileMeaning files) {}

  List<Subject> of(Execute execute, Surroundings s) {
    return List.of(
        new Subject(
            OperationKind.EXECUTE,
            Quoting.quote(execute.argv()),
            execute.path(),
            "",
            execute.argv(),
            execute.path(),
            execute.cwd(),
            "",
            0,
            Meaning.NONE,
            false));
  }
}
