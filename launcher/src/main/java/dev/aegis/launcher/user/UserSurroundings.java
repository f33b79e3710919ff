package dev.aegis.launcher.user;

import dev.aegis.launcher.os.Descriptors;
import dev.aegis.launcher.os.OwnProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the user's shell gave to {@code aegis} and the wrapped program gets in turn.
 *
 * @param environment {@code NAME=value} entries, byte for byte
 * @param signals ignored and blocked signals, {@code IGNORED:BLOCKED} as /proc/PID/status shows
 *     them, when known
 * @param descriptors open descriptors from 3 up
 */
public record UserSurroundings(
    List<byte[]> environment, Optional<String> signals, Set<Integer> descriptors) {

  private static final String ENVIRONMENT = "AEGIS_USER_ENVIRONMENT";
  private static final String SIGNALS = "AEGIS_USER_SIGNALS";
  private static final String DESCRIPTORS = "AEGIS_USER_DESCRIPTORS";

  public UserSurroundings {
    environment = List.copyOf(environment);
    descriptors = Set.copyOf(descriptors);
  }

  /**
   * Takes over what {@code bin/aegis} handed on, once; without it, this process's own surroundings.
   *
   * @param variables of this process
   * @throws IOException when something was handed on that cannot be read
   */
  public static UserSurroundings take(Map<String, String> variables) throws IOException {
    String from = variables.get(ENVIRONMENT);
    List<byte[]> environment = from == null ? OwnProcess.environment() : handedOn(number(from));
    String listed = variables.get(DESCRIPTORS);
    // Without the list, none: the JVM's own are not told apart from the user's any more.
    Set<Integer> descriptors = listed == null ? Set.of() : numbers(listed);
    return new UserSurroundings(
        environment, Optional.ofNullable(variables.get(SIGNALS)), descriptors);
  }

  private static List<byte[]> handedOn(int descriptor) throws IOException {
    byte[] encoded = Files.readAllBytes(Path.of("/proc/self/fd", Integer.toString(descriptor)));
    Descriptors.close(descriptor);
    try {
      return OwnProcess.split(Base64.getMimeDecoder().decode(encoded));
    } catch (IllegalArgumentException e) {
      throw new IOException("the user's environment was handed on in a broken form", e);
    }
  }

  private static Set<Integer> numbers(String listed) throws IOException {
    Set<Integer> numbers = new TreeSet<>();
    for (String word : listed.split(",", -1)) {
      if (!word.isEmpty()) {
        numbers.add(number(word));
      }
    }
    return numbers;
  }

  private static int number(String word) throws IOException {
    try {
      return Integer.parseInt(word);
    } catch (NumberFormatException e) {
      throw new IOException("expected the number of a descriptor, found \"" + word + "\"", e);
    }
  }
}
