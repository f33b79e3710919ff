package dev.aegis.policy.command;

import java.util.List;
import java.util.Optional;

/** What stands inside a wrapper. */
sealed interface Inner {

  /** Return where it runs. */
  PlanStep.Place place();

  /**
   * A command.
   *
   * @param directory where it runs, when the wrapper changes that
   */
  record Command(
      List<Argument> argv,
      Optional<Argument> directory,
      List<PlanStep.Assignment> assignments,
      PlanStep.Place place)
      implements Inner {
    Command(List<Argument> argv) {
      this(argv, Optional.empty(), List.of(), PlanStep.Place.HERE);
    }
  }

  /**
   * A shell script.
   *
   * @param positional {@code $0}, {@code $1} …
   */
  record Script(Argument text, List<Argument> positional, PlanStep.Place place) implements Inner {
    Script(Argument text) {
      this(text, List.of(), PlanStep.Place.HERE);
    }
  }

  /**
   * Code of another language.
   *
   * @param language as {@code code.toml} calls it
   */
  record Code(String language, Argument text, PlanStep.Place place) implements Inner {}

  /**
   * What reads its program from standard input.
   *
   * @param language {@code sh}, or as {@code code.toml} calls it
   */
  record FromInput(String language, PlanStep.Place place) implements Inner {}
}
