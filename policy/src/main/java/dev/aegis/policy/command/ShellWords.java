package dev.aegis.policy.command;

import java.util.Set;

/** Words that mean something to a shell by themselves. */
final class ShellWords {
  static final Set<String> RESERVED =
      Set.of(
          "!",
          "{",
          "}",
          "case",
          "coproc",
          "do",
          "done",
          "elif",
          "else",
          "esac",
          "fi",
          "for",
          "function",
          "if",
          "in",
          "select",
          "then",
          "time",
          "until",
          "while",
          "[[",
          "]]");

  private ShellWords() {}
}
