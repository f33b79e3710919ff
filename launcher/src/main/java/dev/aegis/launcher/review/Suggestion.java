package dev.aegis.launcher.review;

import dev.aegis.operation.Risk;
import java.time.Instant;

/**
 * A rule that would have answered what was always approved.
 *
 * @param name of the rule
 * @param askedBy the rule that asked
 * @param times how often it was approved
 * @param last when it was last approved
 * @param risk the highest that it had
 * @param toml the rule
 */
public record Suggestion(
    String name, String askedBy, int times, Instant last, Risk risk, String toml) {}
