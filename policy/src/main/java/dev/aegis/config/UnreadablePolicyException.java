package dev.aegis.config;

/** A policy file that is there and cannot be taken for what it is. */
public final class UnreadablePolicyException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String file;

  UnreadablePolicyException(String file, String why, Throwable cause) {
    super(why, cause);
    this.file = file;
  }

  /** Return the path of the file. */
  public String file() {
    return file;
  }
}
