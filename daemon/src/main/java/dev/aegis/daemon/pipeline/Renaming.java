package dev.aegis.daemon.pipeline;

import dev.aegis.operation.Operation.FileAccess;
import java.util.Optional;

/**
 * An operation that gives an existing object another name.
 *
 * @param source its name before
 * @param destination its new name
 */
record Renaming(String source, String destination) {

  /** See whether an operation is one: a rename or a hard link. */
  static Optional<Renaming> of(FileAccess access) {
    if (access.otherPath().isEmpty()) {
      return Optional.empty();
    }
    String other = access.otherPath().get();
    if (access.call().startsWith("rename")) {
      return Optional.of(new Renaming(access.path(), other));
    }
    return access.call().startsWith("link")
        ? Optional.of(new Renaming(other, access.path()))
        : Optional.empty();
  }
}
