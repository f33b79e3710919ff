package dev.aegis.daemon.policy;

import dev.aegis.daemon.events.EventBus;
import dev.aegis.policy.PolicyEngine;
import dev.aegis.policy.Verdict;
import dev.aegis.policy.rules.LoadedPolicy;
import dev.aegis.policy.rules.PolicyLoader;
import dev.aegis.policy.rules.PolicyProblem;
import dev.aegis.policy.rules.PolicySource;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The policy in force. A broken edit never replaces a working policy; when there is none yet, a
 * broken file means that everything is denied.
 */
public final class CurrentPolicy implements Supplier<PolicyEngine> {

  private static final Logger LOG = LoggerFactory.getLogger(CurrentPolicy.class);
  private static final String NO_PROFILE = "none";

  private final PolicyFiles files;
  private final EventBus bus;
  private List<PolicySource> lastRead;
  private LoadedPolicy inForce;
  private volatile PolicyEngine engine;
  private volatile PolicyStatus status;

  /** The policy of a home is another one from now on. */
  public record Changed(PolicyEngine engine) {}

  private CurrentPolicy(PolicyFiles files, EventBus bus) {
    this.files = files;
    this.bus = bus;
  }

  /** Load for the first time. */
  public static CurrentPolicy load(PolicyFiles files, EventBus bus) {
    CurrentPolicy policy = new CurrentPolicy(files, bus);
    policy.refresh();
    return policy;
  }

  @Override
  public PolicyEngine get() {
    return engine;
  }

  /** Return what is known of the policy in force. */
  public PolicyStatus status() {
    return status;
  }

  PolicyFiles files() {
    return files;
  }

  /** Look whether the files changed, and load them if they did. */
  public synchronized void refresh() {
    LoadedPolicy loaded;
    try {
      List<PolicySource> sources = files.read();
      if (sources.equals(lastRead)) {
        return;
      }
      lastRead = sources;
      loaded = PolicyLoader.load(sources);
    } catch (PolicyFiles.UnreadableFile e) {
      lastRead = null;
      loaded = unreadable(e);
    }
    boolean good = loaded.engine().isPresent();
    boolean firstTime = inForce == null;
    if (good || firstTime || inForce.engine().isEmpty()) {
      inForce = loaded;
      engine = loaded.orDenyAll();
    }
    status = describe(loaded);
    announce(good, firstTime);
  }

  private static LoadedPolicy unreadable(PolicyFiles.UnreadableFile e) {
    PolicyProblem problem = new PolicyProblem(e.file(), 1, 1, e.getMessage());
    return new LoadedPolicy(Optional.empty(), List.of(problem), NO_PROFILE, 0, Verdict.DENY);
  }

  private PolicyStatus describe(LoadedPolicy latest) {
    Path user = files.user();
    if (latest.engine().isEmpty()) {
      String fallback =
          inForce.engine().isPresent()
              ? "the last good policy stays in force"
              : "everything is denied";
      return new PolicyStatus(
          user,
          PolicyStatus.State.BROKEN,
          inForce.engine().isPresent() ? inForce.ruleCount() : 0,
          inForce.engine().isPresent() ? inForce.defaultAction() : Verdict.DENY,
          Optional.of(text(latest.problems()) + " (" + fallback + ")"));
    }
    boolean present = lastRead.stream().anyMatch(source -> source.name().equals(user.toString()));
    return new PolicyStatus(
        user,
        present ? PolicyStatus.State.LOADED : PolicyStatus.State.ABSENT,
        latest.ruleCount(),
        latest.defaultAction(),
        Optional.empty());
  }

  private static String text(List<PolicyProblem> problems) {
    String first = problems.get(0).toString();
    return problems.size() == 1 ? first : first + ", and " + (problems.size() - 1) + " more";
  }

  private void announce(boolean good, boolean firstTime) {
    if (good) {
      LOG.info("policy {}: {} rules", status.state().label(), status.rules());
    } else {
      LOG.error("policy broken: {}", status.error().orElseThrow());
    }
    if (good && !firstTime) {
      bus.publish(new Changed(engine));
    }
  }
}
