package dev.aegis.daemon.channels.telegram;

import dev.aegis.config.Role;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The commands that the bot knows. */
enum CommandWord {
  PENDING(Role.VIEWER, "open questions"),
  STATUS(Role.VIEWER, "how Aegis is"),
  SESSIONS(Role.VIEWER, "what runs under Aegis"),
  APPROVE(Role.APPROVER, "approve ID [once|session|10m|always]"),
  DENY(Role.APPROVER, "deny ID [reason]"),
  PAUSE(Role.ADMIN, "hold every session"),
  RESUME(Role.ADMIN, "let the sessions go on"),
  HISTORY(Role.VIEWER, "the last decisions"),
  WHOAMI(Role.VIEWER, "your id and role"),
  HELP(Role.VIEWER, "these commands");

  private final Role least;
  private final String help;

  CommandWord(Role least, String help) {
    this.least = least;
    this.help = help;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  String help() {
    return help;
  }

  Role least() {
    return least;
  }

  static List<CommandWord> all() {
    return List.of(values());
  }

  static Optional<CommandWord> of(String word) {
    return Arrays.stream(values()).filter(one -> one.word().equals(word)).findFirst();
  }
}
