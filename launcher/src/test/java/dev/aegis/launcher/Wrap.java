package dev.aegis.launcher;

import java.nio.file.Path;

/** The command line that runs {@code aegis wrap} from the classes under test. */
final class Wrap {

  private Wrap() {}

  /** Words of a shell command line, up to the wrapped program. */
  static String command(String options) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String nativeAccess =
        Runtime.version().feature() >= 24 ? " --enable-native-access=ALL-UNNAMED" : "";
    return java
        + " -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:-UsePerfData -XX:-MaxFDLimit"
        + nativeAccess
        + " -cp '"
        + System.getProperty("java.class.path")
        + "' dev.aegis.cli.Main wrap "
        + options;
  }
}
