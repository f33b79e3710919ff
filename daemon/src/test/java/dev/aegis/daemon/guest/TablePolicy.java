package dev.aegis.daemon.guest;

import dev.aegis.operation.Category;
import dev.aegis.operation.Operation;
import dev.aegis.operation.Operation.Execute;
import dev.aegis.operation.Operation.FileAccess;
import dev.aegis.operation.OperationKind;
import dev.aegis.operation.Risk;
import dev.aegis.policy.Decision;
import dev.aegis.policy.PolicyEngine;
import dev.aegis.policy.Surroundings;
import dev.aegis.policy.Verdict;
import java.util.List;
import java.util.TreeSet;

/**
 * A small policy for tests: whatever names {@code forbidden} is denied, deletions and {@code rm}
 * ask unless git or the session has the file, reading {@code secret} asks, everything else is
 * allowed.
 */
public final class TablePolicy implements PolicyEngine {

  @Override
  public Decision decide(Operation operation, String program, Surroundings surroundings) {
    String text =
        operation instanceof Execute execute
            ? String.join(" ", execute.argv())
            : operation instanceof FileAccess access ? access.path() : operation.toString();
    if (text.contains("forbidden")) {
      return decision(Verdict.DENY, "no-forbidden", text, "file.write.precious", 60);
    }
    if (operation instanceof Execute) {
      return text.contains("rm ")
          ? decision(Verdict.REQUIRE_APPROVAL, "ask-rm", text, "file.delete.recursive", 55)
          : decision(Verdict.ALLOW, "baseline", text, "program.known", 0);
    }
    if (operation.kind() == OperationKind.READ_FILE && text.endsWith("/secret")) {
      return decision(Verdict.REQUIRE_APPROVAL, "ask-secret", text, "secret.read", 60);
    }
    if (operation.kind() != OperationKind.DELETE_FILE) {
      return decision(Verdict.ALLOW, "baseline", text, "file.write.workspace", 0);
    }
    FileAccess access = (FileAccess) operation;
    boolean mild =
        access.identity().map(surroundings::createdBySession).orElse(false)
            || surroundings.unchangedInGit(access.path())
            || surroundings.regenerable(access.path());
    return mild
        ? decision(Verdict.ALLOW, "mild", text, "file.delete.own", 5)
        : decision(Verdict.REQUIRE_APPROVAL, "ask-delete", text, "file.delete.precious", 50);
  }

  @Override
  public boolean narrowsBaseline() {
    return false;
  }

  private static Decision decision(
      Verdict verdict, String rule, String text, String category, int score) {
    TreeSet<Category> categories = new TreeSet<>(List.of(new Category(category)));
    Risk risk = new Risk(score, List.of("because of a test"));
    Decision.Step step = new Decision.Step(text, verdict, rule, "said " + rule, risk, categories);
    return new Decision(verdict, rule, "said " + rule, risk, categories, List.of(step));
  }
}
