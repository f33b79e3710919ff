package dev.aegis.policy.meaning;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.aegis.policy.command.Argument;
import dev.aegis.policy.command.PlanStep;
import dev.aegis.policy.command.ProgramName;
import dev.aegis.policy.command.Redirection;
import java.util.Set;

/** Tells when a step shows secrets that stand in variables rather than in files. */
final class ToldSecrets {
  private static final Meaning SHOWN =
      Meaning.of("secret.read.token", 60, "shows a variable that holds a secret");
  private static final Meaning SOUGHT =
      Meaning.of("secret.read.token", 60, "looks for secrets among variables or old commands");

  private static final Pattern VARIABLE =
      Pattern.compile("\\$(?:\\{([A-Z][A-Z0-9_]*)\\}|([A-Z][A-Z0-9_]*))");
  private static final Pattern SECRET_NAME =
      Pattern.compile(
          "(^|_)(SECRET|TOKEN|PASSWORD|PASSWD|PASSPHRASE|API_?KEY|ACCESS_KEY|SECRET_KEY|PRIVATE_KEY|CREDENTIALS?)S?(_ID|_KEY|_BASE64)?$");
  private static final Pattern SOUGHT_WORDS =
      Pattern.compile(
          "(?i)(secret|token|passw|passphrase|api.{0,8}key|access.{0,8}key|credential|\\bkey\\b|^key|_key|AKIA|ghp_)");

  /* What only shows what it is given. */
  private static final Set<String> SHOWS =
      Set.of(
          "cat", "head", "tail", "grep", "base64", "xxd", "od", "cut", "sed", "awk", "less", "more",
          "tr", "rev", "tee", "fold", "hexdump");
  private static final Set<String> FINDS = Set.of("grep", "egrep", "fgrep", "rg", "ag", "awk");

  private final Flows flows;

  ToldSecrets(Flows flows) {
    this.flows = flows;
  }

  Meaning of(PlanStep step, String name) {
    if (FINDS.contains(name)) {
      boolean told =
          step.fedBy().stream()
                  .map(flows::step)
                  .anyMatch(s -> Roles.printsSecrets(s) || describesContainer(s))
              && step.argv().stream()
                  .skip(1)
                  .noneMatch(a -> a.text().matches("-[a-zA-Z]*[vcq][a-zA-Z]*"));
      return told && step.argv().stream().skip(1).anyMatch(a -> isSought(a.text()))
          ? SOUGHT
          : Meaning.NONE;
    }
    return switch (name) {
      case "env", "printenv" ->
          step.argv().stream().skip(1).anyMatch(a -> isSecretName(a.text()))
                  || (isInhabited(step.place()) && Roles.printsSecrets(step) && isShownWhole(step))
              ? SHOWN
              : Meaning.NONE;
      case "echo", "printf" ->
          step.argv().stream().skip(1).anyMatch(ToldSecrets::namesSecret) && isShown(step)
              ? SHOWN
              : Meaning.NONE;
      default -> Meaning.NONE;
    };
  }

  /** Where something runs that was given its secrets, as it was not here. */
  private static boolean isInhabited(PlanStep.Place place) {
    return place == PlanStep.Place.CONTAINER || place == PlanStep.Place.REMOTE;
  }

  /** What is known of a container includes all that it was given. */
  private static boolean describesContainer(PlanStep step) {
    String name = ProgramName.of(step.argv().get(0).text());
    return Set.of("docker", "podman", "nerdctl").contains(name) && step.words().contains("inspect");
  }

  private boolean isShownWhole(PlanStep step) {
    return flows.readers(step).stream()
        .noneMatch(reader -> FINDS.contains(ProgramName.of(reader.argv().get(0).text())));
  }

  private static boolean isSought(String word) {
    return SOUGHT_WORDS.matcher(word).find();
  }

  private static boolean isSecretName(String name) {
    return SECRET_NAME.matcher(name).find();
  }

  private static boolean namesSecret(Argument word) {
    if (word.known()) {
      return false;
    }
    Matcher names = VARIABLE.matcher(word.text());
    while (names.find()) {
      String name = names.group(1) == null ? names.group(2) : names.group(1);
      if (isSecretName(name)) {
        return true;
      }
    }
    return false;
  }

  /** What goes into a file, or to a program that wants it, is not shown. */
  private boolean isShown(PlanStep step) {
    return step.redirections().stream().noneMatch(Redirection::printed)
        && flows.readers(step).stream()
            .allMatch(reader -> SHOWS.contains(ProgramName.of(reader.argv().get(0).text())));
  }
}
