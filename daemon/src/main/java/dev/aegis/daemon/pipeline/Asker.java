package dev.aegis.daemon.pipeline;

import dev.aegis.daemon.approvals.Approval;
import dev.aegis.daemon.approvals.ApprovalBook;
import dev.aegis.daemon.approvals.ApprovalDetail;
import dev.aegis.daemon.approvals.ApprovalDetail.Ancestor;
import dev.aegis.daemon.approvals.ApprovalDetail.PlannedStep;
import dev.aegis.daemon.approvals.FloodException;
import dev.aegis.daemon.approvals.Grant;
import dev.aegis.daemon.approvals.GrantBook;
import dev.aegis.daemon.approvals.Pause;
import dev.aegis.daemon.approvals.Question;
import dev.aegis.daemon.approvals.Terms;
import dev.aegis.daemon.approvals.Waiter;
import dev.aegis.daemon.events.EventBus;
import dev.aegis.daemon.intercept.Session;
import dev.aegis.daemon.kernel.ProcessFacts;
import dev.aegis.daemon.store.ApprovalState;
import dev.aegis.operation.Category;
import dev.aegis.operation.Operation.Execute;
import dev.aegis.policy.Decision;
import dev.aegis.policy.command.Quoting;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Puts questions to people, and passes grants on to what they cover. May wait for files. */
final class Asker {

  /* Before the program's own argv; core/gate.h has the contract. */
  private static final int WORDS_OF_GATE = 6;

  private final EventBus bus;
  private final ApprovalBook approvals;
  private final GrantBook grants;
  private final Pause pause;
  private final Supplier<Duration> timeout;
  private final Function<String, List<String>> complaints;

  /**
   * An asker.
   *
   * @param timeout how long people have
   * @param complaints what is wrong with the policy of a session, one line each
   */
  Asker(
      EventBus bus,
      ApprovalBook approvals,
      GrantBook grants,
      Pause pause,
      Supplier<Duration> timeout,
      Function<String, List<String>> complaints) {
    this.bus = bus;
    this.approvals = approvals;
    this.grants = grants;
    this.pause = pause;
    this.timeout = timeout;
    this.complaints = complaints;
  }

  /**
   * What becomes of a question about anything but a program; a program waits in the gate.
   *
   * @param approved goes on, with the number of the approval
   * @param refused does not, for a reason
   * @param failed could not even be asked
   */
  record Outcome(LongConsumer approved, Consumer<String> refused, Consumer<Throwable> failed) {}

  void ask(Plan plan, Decision decision, Outcome outcome) {
    Asking asking = plan.asking();
    boolean program = asking.operation() instanceof Execute;
    boolean spawned = asking.operation() instanceof Execute execute && execute.spawned();
    Terms terms = TermsOfPlan.of(plan, decision);
    Optional<Waiter> waiter =
        program
            ? Optional.empty()
            : Optional.of(
                new ReplyWaiter(
                    asking.reply(),
                    (approval, kept) -> pause.pass(() -> settled(plan, approval, outcome))));
    Completion.of(
        approvals.ask(question(plan, decision, terms), spawned, waiter),
        (id, failure) -> {
          if (failure != null) {
            if (failure instanceof FloodException) {
              outcome.refused().accept(failure.getMessage());
            } else {
              outcome.failed().accept(failure);
            }
            return;
          }
          if (program) {
            asking.reply().becomeGate(id);
          } else {
            asking.reply().hold(id);
          }
          bus.publish(new PipelineEvent.Held(plan, decision, id));
        });
  }

  private void settled(Plan plan, Approval approval, Outcome outcome) {
    bus.publish(new PipelineEvent.Settled(plan, approval));
    if (approval.state() == ApprovalState.APPROVED) {
      outcome.approved().accept(approval.id());
    } else {
      outcome.refused().accept(reason(approval));
    }
  }

  /** Say in one line why an approval was not given. */
  static String reason(Approval approval) {
    String by = approval.decidedBy().orElse("somebody");
    String why = approval.reason().map(text -> ": " + text).orElse("");
    return switch (approval.state()) {
      case DENIED -> "denied by " + by + why + " (approval " + approval.id() + ")";
      case EXPIRED ->
          "nobody answered within %d s (approval %d)"
              .formatted(
                  Duration.between(approval.requestedAt(), approval.expiresAt()).toSeconds(),
                  approval.id());
      default -> "cancelled" + why + " (approval " + approval.id() + ")";
    };
  }

  private Question question(Plan plan, Decision decision, Terms terms) {
    Asking asking = plan.asking();
    Session session = asking.context().session();
    return new Question(
        session.id(),
        session.request().wrapped(),
        asking.process().key(),
        asking.operation().kind().tool(),
        plan.command()
            + terms.reach().stream()
                .map(tree -> ", and whatever else this process deletes in " + tree)
                .collect(Collectors.joining()),
        plan.path(),
        plan.cwd(),
        names(decision.categories()),
        decision.rule(),
        Sentences.why(asking.operation(), decision.reason(), session.request().floor()),
        complaints.apply(session.id()).stream().map("the policy is broken: "::concat).toList(),
        decision.risk(),
        Planner.blastRadius(plan, decision, terms.reach()),
        asking.process().coverage().label(),
        decision.steps().stream().map(Asker::step).toList(),
        ancestry(asking),
        terms,
        session.request().timeout().orElseGet(timeout));
  }

  private static PlannedStep step(Decision.Step step) {
    return new PlannedStep(
        step.text(),
        step.verdict().label(),
        step.rule(),
        step.reason(),
        step.risk().score(),
        names(step.categories()));
  }

  private static List<String> names(SortedSet<Category> categories) {
    return categories.stream().map(Category::name).toList();
  }

  private static List<ApprovalDetail.Ancestor> ancestry(Asking asking) {
    Session session = asking.context().session();
    return session.lineage(asking.process().key()).stream()
        .map(
            key ->
                new Ancestor(
                    key.pid(),
                    session.process(key).map(view -> view.program()).orElse(""),
                    Quoting.quote(ownWords(ProcessFacts.commandLine(key.pid())))))
        .toList();
  }

  /* A process that is held shows the gate's words before its own. */
  private static List<String> ownWords(List<String> words) {
    boolean gate = words.size() >= WORDS_OF_GATE && words.get(0).equals("aegis-gate");
    return gate ? words.subList(WORDS_OF_GATE, words.size()) : words;
  }

  /** Let an operation go on that a grant covers; a program takes the grant with it. */
  void passOn(Plan plan, Grant grant, Terms terms, Runnable then, Consumer<Throwable> failed) {
    if (!(plan.asking().operation() instanceof Execute)) {
      then.run();
      return;
    }
    CompletableFuture<Grant> given =
        grants.give(grant.passedTo(plan.asking().process().key(), terms));
    Completion.of(
        given,
        (held, failure) -> {
          if (failure == null) {
            then.run();
          } else {
            failed.accept(failure);
          }
        });
  }
}
