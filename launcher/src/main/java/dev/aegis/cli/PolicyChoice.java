package dev.aegis.cli;

import dev.aegis.config.AegisHome;
import dev.aegis.config.ConfigException;
import dev.aegis.config.ConfigLoader;
import dev.aegis.config.PolicyFiles;
import dev.aegis.config.ProjectPolicies;
import dev.aegis.config.UnreadablePolicyException;
import dev.aegis.launcher.check.Checks;
import dev.aegis.launcher.check.Whereabouts;
import dev.aegis.policy.rules.LoadedPolicy;
import dev.aegis.policy.rules.PolicyLoader;
import dev.aegis.policy.rules.PolicyProblem;
import dev.aegis.policy.rules.PolicySource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** Which policy a command asks, and from where. */
final class PolicyChoice {

  @Option(
      names = "--cwd",
      paramLabel = "D",
      description = "Directory to run in. Default: the current one.")
  private Path cwd;

  @Option(
      names = "--profile",
      paramLabel = "P",
      description = "Ask a shipped profile alone: standard, strict or observe.")
  private String profile;

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description = "Ask this policy instead of the user's.")
  private Path file;

  /** Return the files that speak; the shipped profile is added when they are loaded. */
  List<PolicySource> sources(Caller caller) throws CliException, ConfigException {
    if (profile != null) {
      if (!PolicyLoader.PROFILES.contains(profile)) {
        throw new CliException(
            ExitCode.GENERAL,
            "no such profile: "
                + profile
                + "; expected "
                + String.join(", ", PolicyLoader.PROFILES));
      }
      return List.of(PolicyLoader.profile(profile));
    }
    if (file != null) {
      if (!Files.exists(file)) {
        throw new CliException(ExitCode.GENERAL, "no such file: " + file);
      }
      return read(new PolicyFiles(file, file.resolveSibling("policy.d"))::read);
    }
    return inForce(caller);
  }

  /** Return the files of the policy in force: the project's, the user's, and what was learned. */
  List<PolicySource> inForce(Caller caller) throws CliException, ConfigException {
    AegisHome home = caller.home();
    Path user = new ConfigLoader(home, caller.environment()).load().config().policyPath();
    List<PolicySource> sources =
        new ArrayList<>(
            read(
                new ProjectPolicies(whereabouts(caller).workspaces(), home.trustedProjects())
                    ::read));
    sources.addAll(read(new PolicyFiles(user, home.learnedPolicies())::read));
    return sources;
  }

  @FunctionalInterface
  private interface Reading {
    List<PolicySource> read() throws UnreadablePolicyException;
  }

  private static List<PolicySource> read(Reading reading) throws CliException {
    try {
      return reading.read();
    } catch (UnreadablePolicyException e) {
      throw new CliException(ExitCode.CONFIGURATION, e.file() + " " + e.getMessage(), e);
    }
  }

  /** Return where the caller stands, or is said to stand. */
  Whereabouts whereabouts(Caller caller) throws ConfigException {
    Path here = (cwd == null ? Path.of("") : cwd).toAbsolutePath().normalize();
    return new Whereabouts(here, caller.home().userHome(), System.getProperty("user.name", ""));
  }

  /** Load the policy; a broken one is a configuration error that names everything wrong. */
  LoadedPolicy load(Caller caller) throws CliException, ConfigException {
    return whole(PolicyLoader.load(sources(caller)));
  }

  /** Return a policy that is not broken, or say everything that is. */
  static LoadedPolicy whole(LoadedPolicy loaded) throws CliException {
    if (!loaded.problems().isEmpty()) {
      throw new CliException(
          ExitCode.CONFIGURATION,
          loaded.problems().stream()
              .map(PolicyProblem::toString)
              .collect(Collectors.joining("\n  ", "the policy is broken:\n  ", "")));
    }
    return loaded;
  }

  Checks checks(Caller caller) throws CliException, ConfigException {
    return new Checks(load(caller).engine().orElseThrow(), whereabouts(caller));
  }
}
