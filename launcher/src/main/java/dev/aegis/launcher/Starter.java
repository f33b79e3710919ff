package dev.aegis.launcher;

import com.sun.jna.Memory;
import dev.aegis.launcher.os.Channel;
import dev.aegis.launcher.os.Child;
import dev.aegis.launcher.os.Descriptors;
import dev.aegis.launcher.os.PseudoTerminal;
import dev.aegis.launcher.os.Spawn;
import dev.aegis.launcher.os.SystemCallException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/** A starter (aegis-session) that waits for the word to run the wrapped program. */
final class Starter implements AutoCloseable {

  private static final int STDERR = 2;
  private static final String READY = "ready\n";

  private final Child child;
  private final int ready;
  private final int go;

  private Starter(Child child, int ready, int go) {
    this.child = child;
    this.ready = ready;
    this.go = go;
  }

  /**
   * Starts one and waits until it made the session's surroundings.
   *
   * @param terminal what becomes its terminal; null to inherit descriptors 0, 1 and 2
   */
  static Starter launch(
      StarterCommand command,
      List<byte[]> words,
      List<byte[]> environment,
      PseudoTerminal terminal,
      Set<Integer> kept)
      throws IOException, LaunchException {
    int[] readyPipe = Descriptors.pipe();
    int[] goPipe = Descriptors.pipe();
    try {
      List<byte[]> argv = command.descriptors(readyPipe[1], goPipe[0], kept).running(words);
      Spawn spawn =
          new Spawn(argv.get(0), argv, environment)
              .descriptor(readyPipe[1], readyPipe[1])
              .descriptor(goPipe[0], goPipe[0]);
      if (terminal != null) {
        spawn.descriptor(terminal.slave(), 0).descriptor(terminal.slave(), 1);
        if (Descriptors.isTerminal(STDERR)) {
          spawn.descriptor(terminal.slave(), STDERR);
        }
      }
      Starter starter = new Starter(spawn.start(), readyPipe[0], goPipe[1]);
      Descriptors.close(readyPipe[1]);
      readyPipe[1] = -1;
      starter.awaitReady();
      return starter;
    } finally {
      closeIfOpen(readyPipe[1]);
      closeIfOpen(goPipe[0]);
    }
  }

  private static void closeIfOpen(int descriptor) throws SystemCallException {
    if (descriptor >= 0) {
      Descriptors.close(descriptor);
    }
  }

  private void awaitReady() throws LaunchException {
    try (Memory word = new Memory(READY.length())) {
      int count = new Channel(ready).read(word, 0, READY.length());
      String said =
          count > 0 ? new String(word.getByteArray(0, count), StandardCharsets.UTF_8) : "";
      if (!said.equals(READY)) {
        throw new LaunchException(
            1, "the session could not be prepared (see above); aegis doctor tells what is missing");
      }
    }
  }

  /** Lets it run the program. */
  void go() throws LaunchException {
    try (Memory word = new Memory(1)) {
      word.setByte(0, (byte) 'g');
      if (new Channel(go).write(word, 0, 1) != 1) {
        throw new LaunchException(1, "the starter of the session is gone");
      }
    }
  }

  Child child() {
    return child;
  }

  /** Lets go of it; one that was never told to go ends. */
  @Override
  public void close() throws SystemCallException {
    Descriptors.close(ready);
    Descriptors.close(go);
  }
}
