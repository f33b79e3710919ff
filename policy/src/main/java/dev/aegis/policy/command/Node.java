package dev.aegis.policy.command;

import java.util.List;

/** A piece of a parsed script. */
sealed interface Node {

  /** {@code A=1 name word > file}. */
  record Simple(List<Assignment> assignments, List<Word> words, List<Redirect> redirects)
      implements Node {}

  /** Commands joined by pipes, at least one. */
  record Pipeline(List<Node> stages) implements Node {}

  /** A command that nobody waits for. */
  record Background(Node body) implements Node {}

  /** Commands that run one after the other, whatever joins them. */
  record Sequence(List<Node> nodes) implements Node {}

  /** {@code ( … )}: changes of directory and variables end with it. */
  record Subshell(Node body, List<Redirect> redirects) implements Node {}

  /** Something whose parts may or may not run, any number of times. */
  record Compound(List<Node> parts, List<Redirect> redirects) implements Node {}

  /** {@code for name in words}. */
  record For(String name, List<Word> words, Node body, List<Redirect> redirects) implements Node {}

  /** {@code name() { … }}. */
  record Function(String name, Node body) implements Node {}

  /** {@code NAME=value}. */
  record Assignment(String name, Word value) {}

  /**
   * A redirection.
   *
   * @param operator as written, without a descriptor
   * @param target file name, or for a here-document its text
   * @param descriptor the one that is written, or else the one that the operator stands for
   */
  record Redirect(String operator, Word target, int descriptor) {}
}
