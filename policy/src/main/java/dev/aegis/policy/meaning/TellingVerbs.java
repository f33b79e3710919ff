package dev.aegis.policy.meaning;

import com.google.re2j.Pattern;
import dev.aegis.policy.command.PlanStep;
import java.util.List;
import java.util.Set;

/** What the subcommand of a program says that nobody has told Aegis about. */
final class TellingVerbs {
  private static final Meaning DESTROYS =
      Meaning.of("remote.destroy", 50, "an unknown program is told to delete something");
  private static final Meaning PUBLISHES =
      Meaning.of("remote.publish", 50, "an unknown program is told to publish something");

  private static final Pattern DESTRUCTION =
      Pattern.compile(
          "(delete|destroy|purge|wipe|nuke|drop|terminate|erase|rmall|decommission|factory-reset)([:-].+)?"
              + "|.+:(delete|destroy|purge|wipe|drop|terminate|reset|rm|remove)");
  private static final Pattern REMOVAL = Pattern.compile("(reset|remove|rm|prune|clear|revoke)");
  private static final Pattern PUBLICATION =
      Pattern.compile("(deploy|publish)(:.+)?|.+:(deploy|publish)");
  private static final Set<String> MEANT =
      Set.of("-f", "--force", "-y", "--yes", "--all", "--confirm", "--no-confirm");
  private static final Set<String> HARMLESS =
      Set.of("--help", "-h", "--dry-run", "--dryrun", "help", "--version");

  /* How far from the program's name a subcommand stands. */
  private static final int NEAR = 3;

  private TellingVerbs() {}

  static Meaning of(PlanStep step) {
    List<String> words = step.words();
    if (words.get(0).indexOf('/') >= 0
        || step.wrapper()
        || words.stream().anyMatch(HARMLESS::contains)) {
      return Meaning.NONE;
    }
    List<String> near =
        step.argv().stream()
            .skip(1)
            .takeWhile(a -> a.known() && !a.text().startsWith("-"))
            .limit(NEAR)
            .map(a -> a.text())
            .toList();
    boolean meant = words.stream().anyMatch(MEANT::contains);
    if (near.stream().anyMatch(w -> DESTRUCTION.matcher(w).matches())
        || (meant && near.stream().anyMatch(w -> REMOVAL.matcher(w).matches()))) {
      return DESTROYS;
    }
    return !near.isEmpty() && PUBLICATION.matcher(near.get(0)).matches() ? PUBLISHES : Meaning.NONE;
  }
}
