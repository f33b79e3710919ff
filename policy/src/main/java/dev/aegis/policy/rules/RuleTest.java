package dev.aegis.policy.rules;

import dev.aegis.operation.OperationKind;
import dev.aegis.policy.Verdict;
import java.util.Optional;

/**
 * One {@code [[policy.tests]]}: an operation and the verdict that its author expects.
 *
 * @param subject path, command line or address, as the kind needs it
 * @param rule name of the rule that must speak, when given
 * @param times how often the operation is done; the last time is what is expected
 */
record RuleTest(
    String name,
    OperationKind kind,
    String subject,
    Verdict expected,
    Optional<String> rule,
    int times,
    String file,
    int line,
    int column) {}
