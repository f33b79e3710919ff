package dev.aegis.daemon.policy;

import dev.aegis.config.ProjectPolicies;
import dev.aegis.config.TrustedProjects;
import dev.aegis.policy.PolicyEngine;
import dev.aegis.policy.Verdict;
import dev.aegis.policy.rules.Layer;
import dev.aegis.policy.rules.LoadedPolicy;
import dev.aegis.policy.rules.PolicyLoader;
import dev.aegis.policy.rules.PolicySource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The policy of one session: the home's, and above it that of the session's workspaces. */
final class SessionPolicy implements Supplier<PolicyEngine> {

  private final List<Path> workspaces;
  private final LastGood project;
  private volatile PolicyEngine engine;

  SessionPolicy(List<Path> workspaces, TrustedProjects trusted) {
    this.workspaces = List.copyOf(workspaces);
    project = new LastGood(new ProjectPolicies(this.workspaces, trusted)::read);
  }

  @Override
  public PolicyEngine get() {
    return engine;
  }

  List<Path> workspaces() {
    return workspaces;
  }

  /** Look at the files of the workspaces again; true when something is other than it was. */
  boolean refresh() {
    return project.refresh();
  }

  /**
   * Put it together anew.
   *
   * @param home what the home says, and the engine of that alone
   */
  void combine(LastGood home, PolicyEngine alone) {
    Optional<List<PolicySource>> own = project.good();
    if (own.isEmpty()) {
      engine =
          new LoadedPolicy(Optional.empty(), project.problems(), "none", 0, Verdict.DENY)
              .orDenyAll();
    } else if (own.get().isEmpty() || home.good().isEmpty()) {
      engine = alone;
    } else {
      List<PolicySource> all = new ArrayList<>(own.get());
      all.addAll(home.good().get());
      engine = PolicyLoader.load(all).orDenyAll();
    }
  }

  Optional<String> complaint() {
    return project.complaint();
  }

  /** Return what is known of the files that the workspaces bring. */
  List<PolicyStatus.Project> status() {
    List<PolicyStatus.Project> all = new ArrayList<>();
    project
        .good()
        .ifPresent(
            sources ->
                sources.forEach(
                    source ->
                        all.add(
                            new PolicyStatus.Project(
                                source.name(),
                                project.problems().isEmpty()
                                    ? PolicyStatus.State.LOADED
                                    : PolicyStatus.State.BROKEN,
                                source.layer() == Layer.TRUSTED_PROJECT,
                                complaint()))));
    if (all.isEmpty() && !project.problems().isEmpty()) {
      all.add(
          new PolicyStatus.Project(
              project.problems().get(0).file(), PolicyStatus.State.BROKEN, false, complaint()));
    }
    return all;
  }
}
