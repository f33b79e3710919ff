package dev.aegis.launcher;

/** A command as one notice shows it: its first line, and not all of a long one. */
final class ShownCommand {

  private static final int LONGEST = 200;

  private ShownCommand() {}

  static String of(String command) {
    String line = command.lines().findFirst().orElse("");
    int end = Math.min(line.length(), LONGEST);
    if (end < line.length() && Character.isHighSurrogate(line.charAt(end - 1))) {
      end--;
    }
    return end == command.length() ? command : line.substring(0, end) + " …";
  }
}
