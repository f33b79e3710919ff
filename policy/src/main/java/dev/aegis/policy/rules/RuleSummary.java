package dev.aegis.policy.rules;

import dev.aegis.policy.Verdict;

/**
 * One rule as people list it.
 *
 * @param priority lowest first, within a layer
 * @param file name of the policy source
 * @param line 1-based
 */
public record RuleSummary(
    Layer layer,
    String name,
    int priority,
    Verdict verdict,
    String reason,
    String file,
    int line) {}
