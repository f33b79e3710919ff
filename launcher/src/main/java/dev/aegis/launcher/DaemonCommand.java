package dev.aegis.launcher;

import dev.aegis.config.AegisHome;
import dev.aegis.config.Setting;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The command line and the environment of a daemon: absolute, scrubbed, the same every time. */
final class DaemonCommand {

  private static final String MAIN = "dev.aegis.daemon.core.DaemonMain";
  private static final List<String> KEPT =
      List.of("HOME", "PATH", "USER", "LANG", "LC_ALL", "LC_CTYPE", "XDG_RUNTIME_DIR");

  /* One for each thread would keep tens of megabytes that nobody uses. */
  private static final String ONE_ARENA = "1";

  /* The heap begins small and gives back, or it would lie at its limit whatever the daemon needs. */
  private static final List<String> FLAGS =
      List.of(
          "-XX:+DisableAttachMechanism",
          "-XX:-UsePerfData",
          "-Xmx96m",
          "-Xms20m",
          "-Xmn5m",
          "-XX:MinHeapFreeRatio=5",
          "-XX:MaxHeapFreeRatio=15",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-Xshare:auto",
          "-Xlog:disable",
          "-Xlog:all=warning:stderr",
          "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED");

  /* Where the distribution has the native code of libraries, so that none is unpacked for others to change. */
  private static final List<String> PROPERTIES_PASSED_ON =
      List.of(
          "jna.boot.library.path",
          "jna.nosys",
          "jna.nounpack",
          "jna.platform.library.path",
          "org.sqlite.lib.path");

  private static final int NATIVE_ACCESS_IS_ASKED_SINCE = 24;

  private DaemonCommand() {}

  /**
   * Build the command.
   *
   * @param arguments of the daemon, after {@code --home}
   */
  static List<String> line(AegisHome home, List<String> arguments) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(FLAGS);
    line.add("-Djava.io.tmpdir=" + home.temporary());
    line.add("-Djna.tmpdir=" + home.temporary());
    if (Runtime.version().feature() >= NATIVE_ACCESS_IS_ASKED_SINCE) {
      line.add("--enable-native-access=ALL-UNNAMED");
    }
    for (String name : PROPERTIES_PASSED_ON) {
      String value = System.getProperty(name);
      if (value != null) {
        line.add("-D" + name + "=" + value);
      }
    }
    line.addAll(List.of("-cp", classPath(), MAIN, "--home", home.root().toString()));
    line.addAll(arguments);
    return line;
  }

  /** Keep of an environment what the daemon needs; nothing that loads code into it. */
  static Map<String, String> environment(AegisHome home, Map<String, String> environment) {
    Map<String, String> kept = new TreeMap<>();
    for (String name : KEPT) {
      keep(environment, name, kept);
    }
    for (Setting setting : Setting.values()) {
      keep(environment, setting.variable(), kept);
    }
    kept.put("AEGIS_HOME", home.root().toString());
    kept.put("MALLOC_ARENA_MAX", ONE_ARENA);
    return kept;
  }

  private static void keep(Map<String, String> from, String name, Map<String, String> to) {
    String value = from.get(name);
    if (value != null) {
      to.put(name, value);
    }
  }

  /* Plain jars in a fixed order, so that class-data sharing finds what it recorded. */
  private static String classPath() throws IOException {
    Path code = ownCode();
    if (!code.toString().endsWith(".jar")) {
      return System.getProperty("java.class.path");
    }
    try (Stream<Path> files = Files.list(code.getParent())) {
      List<String> jars =
          files.map(Path::toString).filter(name -> name.endsWith(".jar")).sorted().toList();
      return String.join(File.pathSeparator, jars);
    }
  }

  private static Path ownCode() throws IOException {
    CodeSource source = DaemonCommand.class.getProtectionDomain().getCodeSource();
    try {
      return Path.of(source.getLocation().toURI()).toRealPath();
    } catch (URISyntaxException e) {
      throw new IOException("cannot tell where Aegis is installed: " + source.getLocation(), e);
    }
  }
}
