package dev.aegis.policy.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What stands on the standard input of a command.
 *
 * @param steps that write it
 * @param text the whole of it, when that is known
 */
record Feed(List<Integer> steps, Optional<String> text) {
  static final Feed NOTHING = new Feed(List.of(), Optional.empty());

  Feed {
    steps = List.copyOf(steps);
  }

  Feed and(List<Integer> more) {
    List<Integer> all = new ArrayList<>(steps);
    all.addAll(more);
    return new Feed(all, text);
  }
}
