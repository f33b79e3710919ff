package dev.aegis.daemon.pipeline;

import dev.aegis.daemon.kernel.KernelFiles;
import dev.aegis.daemon.kernel.ProcessFile;
import dev.aegis.operation.Operation;
import dev.aegis.operation.Operation.FileAccess;
import dev.aegis.operation.OperationKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tree that a process goes through while it deletes, as the kernel shows it: whoever removes a
 * tree holds its directories open, one below the other, down to the one that the file is in.
 */
final class TreeWalk {

  private static final Logger LOG = LoggerFactory.getLogger(TreeWalk.class);

  private static final String FLAGS = "flags:\t";
  private static final int PLACE_ONLY = 010000000;

  private TreeWalk() {}

  /** Return the top of the tree; empty when there is no sign of one. */
  static List<String> of(Asking asking) {
    Operation operation = asking.operation();
    if (operation.kind() != OperationKind.DELETE_FILE
        || !(operation instanceof FileAccess access)) {
      return List.of();
    }
    SessionContext context = asking.context();
    List<String> tooWide =
        Stream.of(
                context.workspaces(),
                context.scratch(),
                List.of(context.whereabouts().home().toString()))
            .flatMap(Collection::stream)
            .toList();
    return top(access.path(), openAbove(access.path(), asking.process().key().pid()), tooWide)
        .map(List::of)
        .orElse(List.of());
  }

  /**
   * Climb from a file as long as the directories are held open.
   *
   * @param tooWide places that no question may be about as a whole, nor what lies above them
   */
  static Optional<String> top(String path, Set<String> open, List<String> tooWide) {
    Optional<String> top = Optional.empty();
    for (String at = parent(path); open.contains(at) && isNarrow(at, tooWide); at = parent(at)) {
      top = Optional.of(at);
    }
    return top;
  }

  private static String parent(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('/')));
  }

  private static boolean isNarrow(String directory, List<String> tooWide) {
    return !directory.isEmpty()
        && tooWide.stream()
            .noneMatch(place -> place.equals(directory) || place.startsWith(directory + "/"));
  }

  /**
   * Return which of the directories above a file a process holds open to read them. A place that is
   * merely kept ({@code O_PATH}) tells nothing: the reporter keeps the directory of each file that
   * it asks about.
   */
  static Set<String> openAbove(String path, int pid) {
    Set<String> open = new HashSet<>();
    Path descriptors = Path.of("/proc", Integer.toString(pid), "fd");
    try (Stream<Path> all = Files.list(descriptors)) {
      all.forEach(
          one ->
              KernelFiles.readLink(one.toString())
                  .filter(target -> path.startsWith(target + "/"))
                  .filter(target -> !isPlaceOnly(pid, one.getFileName().toString()))
                  .ifPresent(open::add));
    } catch (IOException e) {
      LOG.debug("the open files of {} are not shown: {}", pid, e.getMessage());
    }
    return open;
  }

  private static boolean isPlaceOnly(int pid, String descriptor) {
    return ProcessFile.read(pid, "fdinfo/" + descriptor)
        .map(TreeWalk::flags)
        .map(flags -> (flags & PLACE_ONLY) != 0)
        .orElse(true);
  }

  private static int flags(String info) {
    int from = info.indexOf(FLAGS) + FLAGS.length();
    return Integer.parseInt(info, from, info.indexOf('\n', from), 8);
  }
}
