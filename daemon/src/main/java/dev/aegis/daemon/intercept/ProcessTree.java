package dev.aegis.daemon.intercept;

import dev.aegis.daemon.kernel.ProcessFacts;
import dev.aegis.daemon.recent.LatestEntries;
import dev.aegis.daemon.store.ProcessKey;
import dev.aegis.operation.Coverage;
import dev.aegis.operation.CoverageReason;
import dev.aegis.operation.DeclaredCoverage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The processes of one session: who descends from whom, and what each of them runs. Membership is
 * what the kernel says (a chain of parents up to the session's starter), ancestry is what was
 * recorded while each parent was alive. Thread-safe.
 */
final class ProcessTree {

  private static final int DEEPEST = 4096;
  private static final int MOST_GHOSTS = 4096;

  private static final DeclaredCoverage GATE =
      new DeclaredCoverage(Coverage.EXEC, CoverageReason.STATIC);

  private final Map<ProcessKey, ProcessNode> nodes = new HashMap<>();

  /* Children that were gone before anybody could look at them: pid to parent. */
  private final Map<Integer, ProcessKey> ghosts = LatestEntries.written(MOST_GHOSTS);

  private final FileKey gate;
  private final RunningImages images;
  private final ProcessKey starter;
  private final Set<ProcessKey> again = new HashSet<>();
  private Optional<ProcessKey> wrapped = Optional.empty();

  /**
   * An empty tree.
   *
   * @param starter the process from which the session descends, itself not supervised
   * @param gate the file of the gate, which any held or denied program is replaced by
   * @param loader the file of the loader, in which programs run that no library reaches
   */
  ProcessTree(ProcessKey starter, FileKey gate, Optional<FileKey> loader) {
    this.starter = starter;
    this.gate = gate;
    this.images = new RunningImages(loader);
  }

  ProcessKey starter() {
    return starter;
  }

  /**
   * Place a process that has just connected if that can be done for certain now. One that its
   * parent left, or that is gone itself, may still be named by a report that is under way.
   *
   * @return false when such reports are to be read first
   */
  synchronized boolean place(int pid) {
    Optional<ProcessFacts> facts = ProcessFacts.of(pid);
    if (facts.isEmpty()) {
      return speaker(pid).isPresent();
    }
    if (nodes.containsKey(facts.get().key()) || isWrapped(facts.get())) {
      return true;
    }
    // At once, since a parent that is gone a moment later leaves no trace but its report.
    if (facts.get().parent() != starter.pid()) {
      adopt(climb(facts.get()));
    }
    return nodes.containsKey(facts.get().key());
  }

  /**
   * Take in a process that has just connected, and check what it runs.
   *
   * @return empty when it does not belong to the session
   */
  synchronized Optional<Meeting> meet(int pid) {
    Optional<ProcessFacts> facts = ProcessFacts.of(pid);
    if (facts.isEmpty()) {
      return Optional.empty();
    }
    ProcessNode known = nodes.get(facts.get().key());
    if (known != null) {
      return verify(known);
    }
    adopt(climb(facts.get()));
    ProcessNode node = nodes.get(facts.get().key());
    return node == null ? Optional.empty() : verify(node);
  }

  /** Find for whom a process that is gone speaks: itself where it was recorded, else its parent. */
  synchronized Optional<ProcessKey> speaker(int pid) {
    return nodes.keySet().stream()
        .filter(key -> key.pid() == pid)
        .max(Comparator.comparingLong(ProcessKey::startTicks))
        .or(() -> Optional.ofNullable(ghosts.get(pid)));
  }

  /**
   * Record that a process has forked.
   *
   * @param parent a member, or the nearest recorded ancestor of one that is gone
   * @param gone true when the process that forked is gone, be it the parent or a ghost of its
   * @return false when the child is no child of that parent, so that the report is a lie
   */
  synchronized boolean forked(ProcessKey parent, int pid, boolean gone) {
    Optional<ProcessFacts> child = ProcessFacts.of(pid);
    if (child.isEmpty()) {
      ghosts.put(pid, parent);
      return true;
    }
    ProcessFacts facts = child.get();
    ProcessNode known = nodes.get(facts.key());
    if (known != null) {
      return true;
    }
    boolean orphan = facts.parent() == starter.pid() && !isWrapped(facts);
    // CLONE_PARENT makes a sibling of what is, for us, a child.
    boolean ofFamily = lineage(parent).stream().anyMatch(key -> key.pid() == facts.parent());
    boolean plausible = ofFamily || (orphan && (gone || !ProcessFacts.isAlive(parent)));
    ProcessNode forker = nodes.get(parent);
    if (!plausible || forker == null || facts.key().startTicks() < parent.startTicks()) {
      return false;
    }
    nodes.put(facts.key(), new ProcessNode(facts.key(), Optional.of(parent), forker.image()));
    return true;
  }

  /* The processes from this one up to, and without, the first that is recorded or is the starter;
   * empty when the chain leads elsewhere. */
  private List<ProcessFacts> climb(ProcessFacts from) {
    List<ProcessFacts> chain = new ArrayList<>();
    ProcessFacts at = from;
    for (int depth = 0; depth < DEEPEST; depth++) {
      if (at.key().equals(starter)) {
        return List.of();
      }
      chain.add(at);
      if (nodes.containsKey(at.key())) {
        return chain;
      }
      Optional<ProcessFacts> parent = ProcessFacts.of(at.parent());
      if (parent.isEmpty() || parent.get().key().startTicks() > at.key().startTicks()) {
        return List.of();
      }
      if (parent.get().key().equals(starter)) {
        return chain;
      }
      at = parent.get();
    }
    return List.of();
  }

  /* From the eldest down, so that each finds its parent. */
  private void adopt(List<ProcessFacts> chain) {
    for (int i = chain.size() - 1; i >= 0; i--) {
      adopt(chain.get(i), i);
    }
  }

  private void adopt(ProcessFacts facts, int generationsBelow) {
    if (nodes.containsKey(facts.key())) {
      return;
    }
    Optional<ProcessNode> parent =
        nodes.values().stream()
            .filter(node -> node.key().pid() == facts.parent())
            .max(Comparator.comparingLong(node -> node.key().startTicks()));
    Optional<Image> found = images.of(facts.key().pid());
    if (found.isEmpty()) {
      return;
    }
    if (facts.parent() == starter.pid()) {
      if (isWrapped(facts)) {
        wrapped = Optional.of(facts.key());
      }
      nodes.put(
          facts.key(),
          new ProcessNode(
              facts.key(),
              Optional.empty(),
              found.get().withScript(RunningImages.script(facts.key().pid()))));
      return;
    }
    if (parent.isEmpty()) {
      return;
    }
    // One that never spoke for itself is not supervised; one that speaks inherits until it says.
    Image image =
        generationsBelow > 0
            ? found.get()
            : parent.get().pastOrPresent(found.get().file()).orElseGet(() -> parent.get().image());
    nodes.put(facts.key(), new ProcessNode(facts.key(), Optional.of(parent.get().key()), image));
  }

  /* The starter has one child of its own, its first; all others it adopted as a subreaper. */
  private boolean isWrapped(ProcessFacts facts) {
    return wrapped
        .map(facts.key()::equals)
        .orElseGet(
            () ->
                facts.parent() == starter.pid()
                    && ProcessFacts.children(starter.pid()).stream()
                        .min(Comparator.comparingLong(ProcessKey::startTicks))
                        .filter(facts.key()::equals)
                        .isPresent());
  }

  private Optional<Meeting> verify(ProcessNode node) {
    Optional<Image> looked = images.of(node.key().pid());
    if (looked.isEmpty()) {
      return Optional.empty();
    }
    Image found = looked.get();
    FileKey file = found.file();
    boolean newlyEscaped = false;
    long lost = 0;
    Optional<Image> decided = node.expected(file);
    if (decided.isEmpty()) {
      decided = parentOf(node).flatMap(parent -> parent.expectedOfChild(file));
    }
    if (decided.isPresent()) {
      lost = node.sequence().close();
      node.run(new Image(file, found.program(), decided.get().coverage(), decided.get().script()));
      node.forgetExpectations();
    } else if (file.equals(gate)) {
      lost = node.sequence().close();
      node.run(new Image(file, found.program(), GATE, Optional.empty()));
    } else if (!node.image().file().equals(file) && !inherited(node, file)) {
      if (isUncovered(node)) {
        node.run(found);
      } else {
        newlyEscaped = !node.escaped();
        node.escape(found);
      }
    }
    return Optional.of(new Meeting(view(node), newlyEscaped, lost));
  }

  private boolean inherited(ProcessNode node, FileKey file) {
    Optional<Image> past = parentOf(node).flatMap(parent -> parent.pastOrPresent(file));
    past.ifPresent(node::run);
    return past.isPresent();
  }

  /* A process that is not supervised starts programs unseen; that was declared when it began. */
  private boolean isUncovered(ProcessNode node) {
    return node.image().coverage().level() == Coverage.NONE
        || parentOf(node)
            .map(parent -> parent.image().coverage().level() == Coverage.NONE)
            .orElse(true);
  }

  private Optional<ProcessNode> parentOf(ProcessNode node) {
    return node.parent().map(nodes::get);
  }

  /**
   * What came of meeting a process.
   *
   * @param escaped true when it is found, for the first time, to run what nobody decided
   * @param lost numbered frames of its last program that never came
   */
  record Meeting(ProcessView process, boolean escaped, long lost) {}

  private ProcessView view(ProcessNode node) {
    return new ProcessView(
        node.key(),
        node.image().program(),
        node.image().coverage().level(),
        node.image().coverage().reason(),
        node.image().script(),
        node.parent(),
        wrapped.map(node.key()::equals).orElse(false) || again.contains(node.key()),
        node.escaped());
  }

  /** Record that a process is the wrapped program as well, which has started itself again in it. */
  synchronized void isWrappedAgain(ProcessKey key) {
    again.add(key);
  }

  /** Return what is known of a member now. */
  synchronized Optional<ProcessView> find(ProcessKey key) {
    return Optional.ofNullable(nodes.get(key)).map(this::view);
  }

  synchronized boolean isGate(ProcessKey key) {
    ProcessNode node = nodes.get(key);
    return node != null && node.image().file().equals(gate);
  }

  synchronized void declare(ProcessKey key, DeclaredCoverage coverage) {
    ProcessNode node = nodes.get(key);
    if (node != null) {
      node.declare(coverage);
    }
  }

  synchronized long note(ProcessKey key, long sequence) {
    ProcessNode node = nodes.get(key);
    return node == null ? 0 : node.sequence().note(sequence);
  }

  /** Record that a process, or with {@code spawned} a child of it, may become a program. */
  synchronized void expect(ProcessKey key, Image image, boolean spawned) {
    ProcessNode node = nodes.get(key);
    if (node == null) {
      return;
    }
    if (spawned) {
      node.expectOfChild(image);
    } else {
      node.expect(image);
    }
  }

  /** Return the recorded ancestors of a process, itself first, up to the wrapped program. */
  synchronized List<ProcessKey> lineage(ProcessKey key) {
    Set<ProcessKey> lineage = new LinkedHashSet<>();
    Optional<ProcessKey> at = Optional.of(key);
    while (at.isPresent() && lineage.add(at.get())) {
      at = Optional.ofNullable(nodes.get(at.get())).flatMap(ProcessNode::parent);
    }
    return List.copyOf(lineage);
  }

  /**
   * Tell whether the kernel's chain of parents leads from a process to the starter. One that has
   * ended and was recorded belongs here until nobody can name it any more.
   */
  synchronized boolean contains(int pid) {
    return ProcessFacts.of(pid)
        .map(facts -> facts.key().equals(starter) || !climb(facts).isEmpty())
        .orElseGet(() -> nodes.keySet().stream().anyMatch(key -> key.pid() == pid));
  }

  /** Tell whether neither the starter nor any member is alive. */
  synchronized boolean isDeserted() {
    return !ProcessFacts.isAlive(starter)
        && nodes.keySet().stream().noneMatch(ProcessFacts::isAlive);
  }

  /** Return the members that are alive, oldest first. */
  synchronized List<ProcessView> alive() {
    return nodes.values().stream()
        .filter(node -> ProcessFacts.isAlive(node.key()))
        .sorted(Comparator.comparingLong(node -> node.key().startTicks()))
        .map(this::view)
        .toList();
  }

  synchronized Optional<ProcessKey> parent(ProcessKey key) {
    return Optional.ofNullable(nodes.get(key)).flatMap(ProcessNode::parent);
  }

  /**
   * Forget processes that are gone and have no living descendant.
   *
   * @return numbered frames of theirs that never came
   */
  synchronized Map<ProcessKey, Long> sweep() {
    Set<ProcessKey> needed = new HashSet<>();
    for (ProcessNode node : nodes.values()) {
      if (ProcessFacts.isAlive(node.key())) {
        Optional<ProcessNode> at = Optional.of(node);
        while (at.isPresent() && needed.add(at.get().key())) {
          at = parentOf(at.get());
        }
      }
    }
    Map<ProcessKey, Long> lost = new HashMap<>();
    nodes
        .values()
        .removeIf(
            node -> {
              if (needed.contains(node.key())) {
                return false;
              }
              again.remove(node.key());
              long missing = node.sequence().close();
              if (missing > 0) {
                lost.put(node.key(), missing);
              }
              return true;
            });
    return lost;
  }
}
