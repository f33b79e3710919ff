package dev.aegis.launcher;

import dev.aegis.launcher.os.Descriptors;
import dev.aegis.launcher.os.Spawn;
import dev.aegis.launcher.user.UserSurroundings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** {@code aegis wrap} inside a session: the program simply runs in that session. */
final class NestedRun {

  private static final int SECURITY = 6;
  private static final List<String> OURS = List.of("/libaegis.so\n", "/aegis-loader\n");

  private NestedRun() {}

  /**
   * Runs the program as a child.
   *
   * @param session the value of AEGIS_SESSION
   * @throws LaunchException when that variable is set and yet nothing supervises this process
   */
  static int run(
      Path program, List<byte[]> words, UserSurroundings user, String session, Notices notices)
      throws IOException, LaunchException {
    if (!isSupervised()) {
      throw new LaunchException(
          SECURITY,
          "AEGIS_SESSION is set (%s) but this process is not supervised: unset it and try again"
              .formatted(session));
    }
    notices.tell("already in a session: " + program.getFileName() + " runs in that one");
    new Descriptors(user.descriptors()).keepOthersPrivate();
    byte[] path = program.toAbsolutePath().toString().getBytes(StandardCharsets.UTF_8);
    List<byte[]> environment = new ProgramEnvironment(user.environment()).with(Map.of());
    return PlainRun.await(new Spawn(path, words, environment).start());
  }

  /** The preloaded library, or the loader instead of it, is part of this process or it is not. */
  private static boolean isSupervised() throws IOException {
    String maps = Files.readString(Path.of("/proc/self/maps"), StandardCharsets.ISO_8859_1);
    return OURS.stream().anyMatch(maps::contains);
  }
}
