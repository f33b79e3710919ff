package dev.aegis.cli;

import dev.aegis.config.ConfigException;
import dev.aegis.config.OwnerOnly;
import dev.aegis.config.ProjectPolicies;
import dev.aegis.config.TrustedProjects;
import dev.aegis.config.UnreadablePolicyException;
import dev.aegis.launcher.check.Whereabouts;
import dev.aegis.policy.Verdict;
import dev.aegis.policy.rules.LoadedPolicy;
import dev.aegis.policy.rules.PolicyLoader;
import dev.aegis.policy.rules.PolicySource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code aegis policy trust}: let a project's policy allow, and not only tighten. */
@Command(
    name = "trust",
    description = "Let the policy of a project allow things, and not only tighten.",
    footer = {
      "",
      "Trust is in the text as it stands now: whoever changes the file has to be trusted anew."
    })
final class PolicyTrustCommand implements Callable<Integer> {

  private final Caller caller;

  @Option(names = "--revoke", description = "Trust it no longer.")
  private boolean revoke;

  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      description = "A directory of the project. Default: the current one.")
  private Path directory;

  PolicyTrustCommand(Caller caller) {
    this.caller = caller;
  }

  @Override
  public Integer call() throws CliException, ConfigException, IOException {
    TrustedProjects trusted = caller.home().trustedProjects();
    List<Path> workspaces = workspaces();
    return revoke ? revoke(workspaces, trusted) : trust(workspaces, trusted);
  }

  private List<Path> workspaces() throws CliException, ConfigException {
    Path here = (directory == null ? Path.of("") : directory).toAbsolutePath().normalize();
    List<Path> found = new Whereabouts(here, caller.home().userHome(), "").workspaces();
    if (found.isEmpty()) {
      throw new CliException(
          ExitCode.GENERAL, here + " is no project: it holds the home directory, or is the root");
    }
    return found;
  }

  private int revoke(List<Path> workspaces, TrustedProjects trusted) throws IOException {
    for (Path workspace : workspaces) {
      Path file = ProjectPolicies.file(workspace);
      boolean was = trusted.distrust(file);
      caller.out().println((was ? "trusted no longer: " : "was not trusted: ") + file);
    }
    return ExitCode.SUCCESS;
  }

  private int trust(List<Path> workspaces, TrustedProjects trusted)
      throws CliException, ConfigException, IOException {
    try {
      List<PolicySource> sources = new ProjectPolicies(workspaces, trusted).read();
      if (sources.isEmpty()) {
        throw new CliException(
            ExitCode.GENERAL, "there is no " + ProjectPolicies.file(workspaces.get(0)));
      }
      LoadedPolicy loaded = PolicyChoice.whole(PolicyLoader.load(sources));
      OwnerOnly.createDirectory(caller.home().root());
      for (PolicySource source : sources) {
        trusted.trust(Path.of(source.name()));
        long allowing =
            loaded.rules().stream()
                .filter(rule -> rule.layer() == source.layer() && rule.verdict() == Verdict.ALLOW)
                .count();
        caller
            .out()
            .printf(
                "trusted as it stands now: %s (%d rules that allow)%n", source.name(), allowing);
      }
      return ExitCode.SUCCESS;
    } catch (UnreadablePolicyException e) {
      throw new CliException(ExitCode.CONFIGURATION, e.file() + " " + e.getMessage(), e);
    }
  }
}
