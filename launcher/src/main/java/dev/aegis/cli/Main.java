package dev.aegis.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Where the JVM enters: answers what needs no library itself, and leaves the rest to the command.
 */
public final class Main {

  private Main() {}

  /** Run the command and end with its exit code. */
  public static void main(String[] arguments) {
    PrintStream out = stream(FileDescriptor.out);
    PrintStream err = stream(FileDescriptor.err);
    int exitCode = ExitCode.SUCCESS;
    if (arguments.length == 1 && asksForVersion(arguments[0])) {
      out.println(VersionCommand.line());
    } else {
      exitCode = AegisCommand.run(new Caller(System.getenv(), out, err), arguments);
    }
    out.flush();
    err.flush();
    /* Threads of a library must not keep a finished command alive. */
    System.exit(exitCode);
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }

  /* Answered before any library is loaded: asked often by scripts, and it should cost nothing. */
  private static boolean asksForVersion(String argument) {
    return argument.equals("version") || argument.equals("--version") || argument.equals("-V");
  }
}
