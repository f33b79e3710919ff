package dev.aegis.launcher.os;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the kernel's Landlock can do for this process. */
public final class Landlock {

  private static final long CREATE_RULESET = 444;
  private static final long ASK_VERSION = 1;
  private static final int FIRST_WITH_SCOPES = 6;
  private static final int CAP_SYS_ADMIN = 21;
  private static final String EFFECTIVE = "CapEff:";

  private Landlock() {}

  /** Tell whether a domain can end signals and abstract sockets: Linux 6.12. */
  public static boolean hasScopes() {
    return Libc.syscall(CREATE_RULESET, 0, 0, ASK_VERSION) >= FIRST_WITH_SCOPES;
  }

  /** Tell whether this process may restrict itself without giving up set-id programs for ever. */
  public static boolean needsNoPromise() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith(EFFECTIVE))
        .map(line -> Long.parseUnsignedLong(line.substring(EFFECTIVE.length()).trim(), 16))
        .anyMatch(capabilities -> (capabilities >> CAP_SYS_ADMIN & 1) == 1);
  }
}
