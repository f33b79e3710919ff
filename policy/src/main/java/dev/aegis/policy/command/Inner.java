package dev.aegis.policy.command;

import java.util.List;
import java.util.Optional;

/** What stands inside a wrapper. */
sealed interface Inner {

  /**
   * A command.
   *
   * @param directory where it runs, when the wrapper changes that
   */
  record Command(List<Argument> argv, Optional<Argument> directory) implements Inner {}

  /**
   * A shell script.
   *
   * @param positional {@code $0}, {@code $1} …
   */
  record Script(Argument text, List<Argument> positional) implements Inner {}

  /** A shell that reads its script from standard input. */
  record FromInput() implements Inner {}
}
