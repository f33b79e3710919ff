package dev.aegis.policy.command;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Texts of the files that a command itself writes, for when it runs or reads them later. */
final class Drafts {
  private final Map<String, String> texts = new HashMap<>();
  private final Set<String> running = new HashSet<>();

  /** Note what a file holds from now on; nothing when that cannot be known. */
  void write(Optional<String> cwd, String name, Optional<String> text, boolean appends) {
    Optional<String> path = path(cwd, name);
    if (path.isEmpty()) {
      return;
    }
    Optional<String> whole = appends ? text.map(t -> texts.getOrDefault(path.get(), "") + t) : text;
    if (whole.isPresent() && whole.get().length() <= Bounds.SCRIPT) {
      texts.put(path.get(), whole.get());
    } else if (!appends) {
      texts.remove(path.get());
    }
  }

  /** Return what a file holds, when it was written here. */
  Optional<String> text(Optional<String> cwd, String name) {
    return texts.isEmpty() ? Optional.empty() : path(cwd, name).map(texts::get);
  }

  /** Begin to run a file; false when it runs already. */
  boolean begin(Optional<String> cwd, String name) {
    return path(cwd, name).map(running::add).orElse(false);
  }

  void end(Optional<String> cwd, String name) {
    path(cwd, name).ifPresent(running::remove);
  }

  /** The same file goes by one name; empty where the directory is not known. */
  private static Optional<String> path(Optional<String> cwd, String name) {
    if (name.isEmpty() || (!name.startsWith("/") && cwd.isEmpty())) {
      return Optional.empty();
    }
    Deque<String> names = new ArrayDeque<>();
    String whole = name.startsWith("/") ? name : cwd.get() + "/" + name;
    for (String part : whole.split("/", -1)) {
      if (part.equals("..")) {
        names.pollLast();
      } else if (!part.isEmpty() && !part.equals(".")) {
        names.addLast(part);
      }
    }
    return Optional.of("/" + String.join("/", names));
  }
}
