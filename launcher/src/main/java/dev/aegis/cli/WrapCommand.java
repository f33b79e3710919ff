package dev.aegis.cli;

import dev.aegis.launcher.LaunchException;
import dev.aegis.launcher.WrapRequest;
import dev.aegis.launcher.WrapSession;
import dev.aegis.operation.Supervision;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code aegis wrap}: run a program under supervision. */
@Command(
    name = "wrap",
    customSynopsis = "aegis wrap [options] [--] <tool> [args…]",
    description = "Run a program under supervision; what is dangerous waits for an answer.",
    footer = {
      "",
      "Options stand before the tool: everything after its name is its own; one -- right after",
      "the name is dropped. Ends as the tool does: its exit status, or 128+n after signal n."
    })
final class WrapCommand implements Callable<Integer> {

  private final Caller caller;

  @Option(
      names = "--dry-run",
      description = "Deny whatever would need an answer, and list it at the end.")
  private boolean dryRun;

  @Option(
      names = "--timeout",
      paramLabel = "S",
      converter = Seconds.class,
      description = "Seconds until an unanswered question is denied, instead of as configured.")
  private Integer timeout;

  @Option(
      names = "--supervision",
      paramLabel = "LEVEL",
      converter = SupervisionWord.class,
      defaultValue = "hybrid",
      description = {
        "How closely to watch: libc (calls of the C library), hybrid (raw system calls and",
        "static programs too; the default), full (every system call of every program)."
      })
  private Supervision supervision;

  @Mixin private LogLevelOption logLevel;

  @Option(
      names = "--workspace",
      paramLabel = "DIR",
      description = "Directory to work in; may be repeated. Default: the git top level from here.")
  private List<Path> workspaces = new ArrayList<>();

  @Parameters(paramLabel = "<tool> [args…]", arity = "1..*", description = "What to run.")
  private List<String> words;

  WrapCommand(Caller caller) {
    this.caller = caller;
  }

  @Override
  public Integer call() throws CliException, LaunchException {
    for (Path workspace : workspaces) {
      if (!Files.isDirectory(workspace)) {
        throw new CliException(
            ExitCode.GENERAL, "--workspace " + workspace + ": expected an existing directory");
      }
    }
    return new WrapSession(caller.environment(), caller.err()).run(request());
  }

  /** Return what the words mean. */
  WrapRequest request() {
    int firstArgument = words.size() > 1 && words.get(1).equals("--") ? 2 : 1;
    return new WrapRequest(
        words.get(0),
        words.subList(firstArgument, words.size()),
        dryRun,
        timeout == null ? OptionalInt.empty() : OptionalInt.of(timeout),
        Optional.ofNullable(logLevel.word()),
        supervision,
        workspaces);
  }
}
