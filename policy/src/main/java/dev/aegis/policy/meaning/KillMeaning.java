package dev.aegis.policy.meaning;

import dev.aegis.policy.command.PlanStep;
import dev.aegis.policy.command.ProgramName;
import java.util.List;

/** What {@code kill} means by the steps that find out whom. */
final class KillMeaning {
  private static final Meaning GUARD =
      Meaning.of("signal.everything", 75, "ends a service of this machine or what watches over it");
  private static final Meaning EVERYTHING =
      Meaning.of("signal.everything", 80, "ends everything that it can");

  private KillMeaning() {}

  static Meaning of(Flows flows, PlanStep step) {
    List<PlanStep> sources = flows.sources(step).stream().map(flows::step).toList();
    if (sources.stream().anyMatch(KillMeaning::findsGuard)) {
      return GUARD;
    }
    boolean all =
        sources.stream().anyMatch(KillMeaning::listsAll)
            && sources.stream().noneMatch(KillMeaning::chooses);
    return all ? EVERYTHING : Meaning.NONE;
  }

  private static String name(PlanStep step) {
    return ProgramName.of(step.argv().get(0).text());
  }

  private static boolean listsAll(PlanStep step) {
    return name(step).equals("ps")
        && step.words().stream().noneMatch(w -> w.matches("-C|--ppid|-p|--pid"));
  }

  private static boolean chooses(PlanStep step) {
    boolean pattern = step.words().stream().anyMatch(w -> w.indexOf('/') >= 0);
    return switch (name(step)) {
      case "grep", "egrep", "fgrep", "zgrep", "rg", "ag" -> true;
      case "awk", "gawk", "sed", "perl" -> pattern;
      default -> false;
    };
  }

  /** Ports below 1024 belong to services of the machine. */
  private static boolean findsGuard(PlanStep step) {
    return switch (name(step)) {
      case "lsof" ->
          step.words().stream()
              .anyMatch(w -> w.matches("(-i)?(tcp|udp)?:([0-9]{1,3}|10[01][0-9]|102[0-3])"));
      case "pgrep", "pidof", "grep" ->
          step.words().stream()
              .anyMatch(w -> w.matches("(?i).*(aegis|daemonmain|sshd|systemd|auditd|dockerd).*"));
      default -> false;
    };
  }
}
