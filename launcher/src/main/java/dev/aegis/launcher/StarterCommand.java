package dev.aegis.launcher;

import dev.aegis.config.AegisConfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The command line of aegis-session. */
final class StarterCommand {

  private final List<byte[]> words = new ArrayList<>();

  StarterCommand(Path starter, Path sessionDirectory, Path gate) {
    add(starter.toString());
    option("--session", sessionDirectory.toString());
    option("--gate", gate.toString());
  }

  StarterCommand terminal(boolean inTerminal) {
    if (inTerminal) {
      add("--terminal");
    }
    return this;
  }

  StarterCommand descriptors(int ready, int go, Collection<Integer> kept) {
    option("--ready-fd", Integer.toString(ready));
    option("--go-fd", Integer.toString(go));
    if (!kept.isEmpty()) {
      option(
          "--keep-fds",
          kept.stream().sorted().map(String::valueOf).collect(Collectors.joining(",")));
    }
    return this;
  }

  /** What becomes of what outlives the launcher, or the program. */
  StarterCommand fates(AegisConfig.Sessions sessions) {
    option("--on-launcher-death", sessions.onLauncherDeath().word());
    option("--leftover", sessions.leftovers().word());
    return this;
  }

  /** What the kernel refuses. */
  StarterCommand floor(SessionFloor floor) {
    option("--floor", floor.word());
    return this;
  }

  /** What the JVM changed for itself and the program gets back. */
  StarterCommand restore(Optional<String> openFiles, Optional<String> signals) {
    openFiles.ifPresent(limits -> option("--restore-nofile", limits));
    signals.ifPresent(masks -> option("--restore-signals", masks));
    return this;
  }

  /** The whole command line, ending in the program's own. */
  List<byte[]> running(List<byte[]> program) {
    List<byte[]> all = new ArrayList<>(words);
    all.add("--".getBytes(StandardCharsets.UTF_8));
    all.addAll(program);
    return all;
  }

  private void option(String name, String value) {
    add(name);
    add(value);
  }

  private void add(String word) {
    words.add(word.getBytes(StandardCharsets.UTF_8));
  }
}
