package dev.aegis.daemon.policy;

import dev.aegis.config.PolicyFiles;
import dev.aegis.config.ProjectPolicies;
import dev.aegis.config.TrustedProjects;
import dev.aegis.daemon.events.EventBus;
import dev.aegis.policy.PolicyEngine;
import dev.aegis.policy.Verdict;
import dev.aegis.policy.rules.LoadedPolicy;
import dev.aegis.policy.rules.PolicyLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The policies in force: the home's, and for each session what its workspaces make of it. A broken
 * edit never replaces a working policy; when there is none yet, a broken file means that everything
 * is denied.
 */
public final class CurrentPolicy implements Supplier<PolicyEngine>, SessionPolicies {

  private static final Logger LOG = LoggerFactory.getLogger(CurrentPolicy.class);
  private static final String NO_PROFILE = "none";

  private final PolicyFiles files;
  private final TrustedProjects trusted;
  private final EventBus bus;
  private final LastGood home;
  private final Map<String, SessionPolicy> sessions = new LinkedHashMap<>();
  private LoadedPolicy inForce;
  private volatile PolicyEngine engine;
  private volatile Runnable onMorePlaces = () -> {};

  /** Some policy is another one from now on; the home's may be the same. */
  public record Changed(PolicyEngine engine) {}

  /**
   * A policy was edited.
   *
   * @param session the one whom it concerns; empty for all
   * @param what the policy, in words
   * @param complaint why the edit is not in force; empty when it is
   */
  public record Told(Optional<String> session, String what, Optional<String> complaint) {

    /** Say it to people, in one line. */
    public String text() {
      return complaint
          .map(why -> "the " + what + " is broken: " + why)
          .orElse("the " + what + " was changed, and is in force");
    }
  }

  private CurrentPolicy(PolicyFiles files, TrustedProjects trusted, EventBus bus) {
    this.files = files;
    this.trusted = trusted;
    this.bus = bus;
    home = new LastGood(files::read);
  }

  /** Load for the first time. */
  public static CurrentPolicy load(PolicyFiles files, TrustedProjects trusted, EventBus bus) {
    CurrentPolicy policy = new CurrentPolicy(files, trusted, bus);
    policy.home.refresh();
    policy.loadHome();
    policy.log();
    return policy;
  }

  @Override
  public PolicyEngine get() {
    return engine;
  }

  @Override
  public synchronized Supplier<PolicyEngine> of(String session, List<Path> workspaces) {
    SessionPolicy known = sessions.get(session);
    if (known != null) {
      return known;
    }
    SessionPolicy policy = new SessionPolicy(workspaces, trusted);
    sessions.put(session, policy);
    /* First the watch, then the look: what is written in between is seen by one of them. */
    onMorePlaces.run();
    policy.refresh();
    policy.combine(home, engine);
    policy.complaint().ifPresent(CurrentPolicy::logBroken);
    return policy;
  }

  @Override
  public synchronized void ended(String session) {
    sessions.remove(session);
  }

  /** Return what is known of the policies in force. */
  public synchronized PolicyStatus status() {
    Set<PolicyStatus.Project> projects = new LinkedHashSet<>();
    sessions.values().forEach(session -> projects.addAll(session.status()));
    return new PolicyStatus(
        files.user(),
        state(),
        home.good().isPresent() ? inForce.ruleCount() : 0,
        home.good().isPresent() ? inForce.defaultAction() : Verdict.DENY,
        home.complaint(),
        List.copyOf(projects));
  }

  private PolicyStatus.State state() {
    if (!home.problems().isEmpty()) {
      return PolicyStatus.State.BROKEN;
    }
    String user = files.user().toString();
    boolean present =
        home.good().orElse(List.of()).stream().anyMatch(source -> source.name().equals(user));
    return present ? PolicyStatus.State.LOADED : PolicyStatus.State.ABSENT;
  }

  @Override
  public synchronized List<String> complaints(String session) {
    List<String> all = new ArrayList<>(home.complaint().stream().toList());
    Optional.ofNullable(sessions.get(session))
        .flatMap(SessionPolicy::complaint)
        .ifPresent(all::add);
    return all;
  }

  /** Return the directories where policies stand, or may come to stand. */
  synchronized Set<Path> places() {
    Set<Path> places = new LinkedHashSet<>();
    places.add(files.user().getParent());
    places.add(files.learned().getParent());
    places.add(files.learned());
    places.add(trusted.file().getParent());
    for (SessionPolicy session : sessions.values()) {
      for (Path workspace : session.workspaces()) {
        places.add(workspace);
        places.add(ProjectPolicies.file(workspace).getParent());
      }
    }
    return places;
  }

  /** Tell whether a name in one of those directories may be that of a policy. */
  boolean mayBePolicy(String name) {
    return name.endsWith(".toml")
        || name.equals(".aegis")
        || name.equals(files.user().getFileName().toString())
        || name.equals(files.learned().getFileName().toString())
        || name.equals(trusted.file().getFileName().toString());
  }

  /** Be told when there are more directories to watch; called under the lock, must not block. */
  void onMorePlaces(Runnable listener) {
    onMorePlaces = listener;
  }

  /** Look whether the files changed, and load them if they did. */
  public synchronized void refresh() {
    boolean homeChanged = home.refresh();
    boolean anyChanged = homeChanged;
    if (homeChanged) {
      loadHome();
      log();
      bus.publish(new Told(Optional.empty(), "policy", home.complaint()));
    }
    for (Map.Entry<String, SessionPolicy> entry : sessions.entrySet()) {
      boolean changed = entry.getValue().refresh();
      if (changed || homeChanged) {
        entry.getValue().combine(home, engine);
        anyChanged = true;
      }
      if (changed) {
        entry.getValue().complaint().ifPresent(CurrentPolicy::logBroken);
        bus.publish(
            new Told(
                Optional.of(entry.getKey()),
                "policy of this project",
                entry.getValue().complaint()));
      }
    }
    if (anyChanged) {
      bus.publish(new Changed(engine));
    }
  }

  private void loadHome() {
    if (home.good().isPresent()) {
      if (home.problems().isEmpty() || inForce == null) {
        inForce = PolicyLoader.load(home.good().get());
        engine = inForce.orDenyAll();
      }
      return;
    }
    inForce = new LoadedPolicy(Optional.empty(), home.problems(), NO_PROFILE, 0, Verdict.DENY);
    engine = inForce.orDenyAll();
  }

  private static void logBroken(String complaint) {
    LOG.error("policy broken: {}", complaint);
  }

  private void log() {
    PolicyStatus status = status();
    if (status.error().isEmpty()) {
      LOG.info("policy {}: {} rules", status.state().label(), status.rules());
    } else {
      logBroken(status.error().get());
    }
  }
}
