package dev.aegis.policy.command;

import java.util.List;

/** One word of a script before expansion. */
record Word(List<Part> parts) {

  /** A piece of a word. */
  sealed interface Part {}

  /** Text that stands for itself; {@code quoted} text is never split or globbed. */
  record Text(String text, boolean quoted) implements Part {}

  /** A parameter such as {@code $HOME}, {@code $1} or {@code $@}. */
  record Parameter(String name, boolean quoted) implements Part {}

  /** The output of a script: {@code $(…)}, backquotes. */
  record Output(Node script, boolean quoted) implements Part {}

  /** A file name that stands for a running script: {@code <(…)}. */
  record ProcessFile(Node script, boolean input) implements Part {}

  /** Something that cannot be known beforehand, with the scripts that run inside it. */
  record Unknown(String written, List<Node> scripts) implements Part {}

  /** A leading {@code ~}. */
  record Tilde() implements Part {}

  /** Return the text when it is plain and nothing of it is quoted; else null. */
  String plain() {
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      if (!(part instanceof Text literal) || literal.quoted()) {
        return null;
      }
      text.append(literal.text());
    }
    return text.toString();
  }

  /** Tell whether any part of it is quoted. */
  boolean isQuoted() {
    return parts.stream().anyMatch(p -> p instanceof Text text && text.quoted());
  }
}
