package dev.aegis.policy.command;

import java.util.List;

/** One word of a script before expansion. */
record Word(List<Part> parts) {

  /** A piece of a word. */
  sealed interface Part {}

  /** Text that stands for itself; {@code quoted} text is never split or globbed. */
  record Text(String text, boolean quoted) implements Part {}

  /** Characters that a shell replaces by names of files: {@code *}, {@code ?}, {@code [}. */
  record Pattern(String text) implements Part {}

  /** A parameter such as {@code $HOME}, {@code $1} or {@code $@}. */
  record Parameter(String name, boolean quoted) implements Part {}

  /**
   * A parameter that is changed as it is expanded, such as {@code ${X:-y}} or {@code ${X%.c}}.
   *
   * @param operator as written
   * @param operand what stands behind the operator
   */
  record Modified(String name, String operator, Word operand, boolean quoted, String written)
      implements Part {}

  /** {@code ${a[0]}}, {@code ${a[@]}}. */
  record Element(String array, String index, boolean quoted, String written) implements Part {}

  /** What an array is made of. */
  record Items(List<Word> words) implements Part {}

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

  /** Tell whether blanks stand in it as {@code ${IFS}}, for which nobody has an honest use. */
  boolean hidesBlanks() {
    return parts.size() > 1
        && parts.stream()
            .anyMatch(
                part ->
                    (part instanceof Parameter p && p.name().equals("IFS") && !p.quoted())
                        || (part instanceof Modified m && m.name().equals("IFS") && !m.quoted()));
  }

  /** Tell whether any part of it is quoted. */
  boolean isQuoted() {
    return parts.stream().anyMatch(p -> p instanceof Text text && text.quoted());
  }
}
