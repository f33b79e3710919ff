package dev.aegis.cli;

import dev.aegis.config.ConfigException;
import dev.aegis.config.Spelling;
import dev.aegis.launcher.ControlException;
import dev.aegis.launcher.LaunchException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** How a command that failed says so: lines on standard error, and one of {@link ExitCode}. */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {

  private static final String DEBUG = "DEBUG";

  /* How picocli complains about a word that is none of an enum's. */
  private static final Pattern NO_SUCH_WORD =
      Pattern.compile("expected one of \\[(.*)] \\(case-insensitive\\) but was '(.*)'");

  private final Caller caller;

  Failures(Caller caller) {
    this.caller = caller;
  }

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine command, ParseResult arguments) {
    boolean debug =
        DEBUG.equals(caller.environment().get("AEGIS_LOGGING_LEVEL"))
            || arguments.expandedArgs().contains("--log-level=" + DEBUG)
            || asksForDebug(arguments);
    return report(failure, debug);
  }

  private static boolean asksForDebug(ParseResult arguments) {
    ParseResult deepest = arguments;
    while (deepest.hasSubcommand()) {
      deepest = deepest.subcommand();
    }
    return deepest.hasMatchedOption("--log-level")
        && String.valueOf(deepest.matchedOptionValue("--log-level", (Object) null)).equals(DEBUG);
  }

  private int report(Exception failure, boolean debug) {
    if (failure instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
    caller.err().println("aegis: " + message(failure));
    if (debug) {
      failure.printStackTrace(caller.err());
    }
    return exitCode(failure);
  }

  private static int exitCode(Exception failure) {
    if (failure instanceof CliException known) {
      return known.exitCode();
    }
    if (failure instanceof ConfigException known) {
      return known.exitCode();
    }
    if (failure instanceof ControlException known) {
      return known.exitCode();
    }
    if (failure instanceof LaunchException known) {
      return known.exitCode();
    }
    return failure instanceof AccessDeniedException ? ExitCode.PERMISSION : ExitCode.GENERAL;
  }

  private static String message(Exception failure) {
    if (failure instanceof AccessDeniedException denied) {
      return "permission denied: " + denied.getFile();
    }
    if (failure instanceof IOException) {
      return "%s (%s)".formatted(failure.getMessage(), failure.getClass().getSimpleName());
    }
    if (failure instanceof RuntimeException) {
      return "internal error: %s; run again with AEGIS_LOGGING_LEVEL=DEBUG for its trace"
          .formatted(failure);
    }
    return failure.getMessage();
  }

  @Override
  public int handleParseException(ParameterException failure, String[] arguments) {
    CommandLine command = failure.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    caller.err().println("aegis: " + complaint(failure, command));
    caller.err().println("See: " + name + " --help");
    return ExitCode.GENERAL;
  }

  private static String complaint(ParameterException failure, CommandLine command) {
    if (!(failure instanceof UnmatchedArgumentException unmatched)
        || unmatched.getUnmatched().isEmpty()) {
      return NO_SUCH_WORD
          .matcher(failure.getMessage())
          .replaceFirst("expected one of $1, found \"$2\"");
    }
    String word = unmatched.getUnmatched().get(0);
    boolean option = word.startsWith("-");
    List<String> known = new ArrayList<>();
    if (option) {
      known.addAll(command.getCommandSpec().optionsMap().keySet());
    } else {
      known.addAll(command.getSubcommands().keySet());
    }
    Optional<String> nearest = Spelling.nearest(word, known);
    String kind = option ? "option" : command.getSubcommands().isEmpty() ? "argument" : "command";
    return "unknown %s \"%s\"%s"
        .formatted(
            kind,
            Printable.of(word),
            nearest.map(candidate -> ": did you mean \"" + candidate + "\"?").orElse(""));
  }
}
