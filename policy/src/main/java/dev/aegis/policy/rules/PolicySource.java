package dev.aegis.policy.rules;

/**
 * One policy file as text.
 *
 * @param layer where it stands in the order of evaluation
 * @param name of the file, as problems show it
 * @param text TOML
 */
public record PolicySource(Layer layer, String name, String text) {}
