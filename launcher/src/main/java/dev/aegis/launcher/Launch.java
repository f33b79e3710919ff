package dev.aegis.launcher;

import dev.aegis.launcher.os.PseudoTerminal;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/**
 * All that a starter needs to know.
 *
 * @param command its own command line so far
 * @param words the wrapped program's command line, its name as typed first
 * @param environment of the wrapped program
 * @param descriptors the user's, from 3 up, which the wrapped program inherits
 */
record Launch(
    StarterCommand command,
    List<byte[]> words,
    List<byte[]> environment,
    Set<Integer> descriptors) {

  /** Starts it; a null terminal means the user's descriptors as they are. */
  Starter start(PseudoTerminal terminal) throws IOException, LaunchException {
    return Starter.launch(command, words, environment, terminal, descriptors);
  }
}
