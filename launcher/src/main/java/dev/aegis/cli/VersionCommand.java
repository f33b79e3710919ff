package dev.aegis.cli;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code aegis version}: which Aegis this is. */
@Command(name = "version", description = "Print the version of Aegis.")
final class VersionCommand implements Callable<Integer> {

  private final Caller caller;

  @Option(names = "--json", description = "Print as JSON.")
  private boolean json;

  VersionCommand(Caller caller) {
    this.caller = caller;
  }

  @Override
  public Integer call() {
    if (json) {
      Map<String, String> value = new LinkedHashMap<>();
      value.put("name", "aegis");
      value.put("version", version());
      value.put("java", System.getProperty("java.version"));
      value.put("platform", platform());
      Json.print(caller.out(), value);
    } else {
      caller.out().println(line());
    }
    return ExitCode.SUCCESS;
  }

  /** Return what is printed without {@code --json}; needs no library. */
  static String line() {
    // The operator would start up all of java.lang.invoke for it.
    return "aegis ".concat(version());
  }

  static String version() {
    return Optional.ofNullable(VersionCommand.class.getPackage().getImplementationVersion())
        .orElse("development");
  }

  private static String platform() {
    String machine = System.getProperty("os.arch");
    return System.getProperty("os.name").toLowerCase(Locale.ROOT)
        + "-"
        + (machine.equals("amd64") ? "x86_64" : machine);
  }
}
