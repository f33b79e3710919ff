package dev.aegis.policy.rules;

/**
 * Where a rule stands.
 *
 * @param file name of the policy source
 * @param line 1-based
 * @param column 1-based
 */
record Origin(String file, int line, int column) {}
