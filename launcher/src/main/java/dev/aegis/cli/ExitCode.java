package dev.aegis.cli;

/** The exit codes of the command line, the same for all commands. */
final class ExitCode {

  static final int SUCCESS = 0;
  static final int GENERAL = 1;
  static final int CONFIGURATION = 2;
  static final int ENVIRONMENT = 3;
  static final int NETWORK = 4;
  static final int PERMISSION = 5;
  static final int SECURITY = 6;
  static final int DEPENDENCY = 7;
  static final int CORRUPT_STATE = 8;

  private ExitCode() {}
}
