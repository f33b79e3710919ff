package dev.aegis.policy.code;

import java.util.List;

/**
 * One thing that code would do.
 *
 * @param kind what it does
 * @param words to what: a script, a command and its arguments, or names of files
 * @param written the call as a person reads it
 */
public record Act(Kind kind, List<Word> words, String written) {
  public Act {
    words = List.copyOf(words);
  }

  /**
   * One thing that a call is about.
   *
   * @param text of the word; what is said of it when it cannot be known
   * @param known true when this is the word
   * @param pattern true when the word stands for all names that match it
   */
  public record Word(String text, boolean known, boolean pattern) {
    static final Word UNKNOWN = new Word("…", false, false);
  }

  /** What code can do that matters. */
  public enum Kind {
    /** Runs a shell script. */
    SHELL,
    /** Runs a program with arguments. */
    SPAWN,
    /** Deletes files. */
    DELETE,
    /** Deletes directories with all that is in them. */
    DELETE_TREE,
    /** Creates or overwrites a file. */
    WRITE,
    READ,
    /** Moves the first file to the second. */
    MOVE,
    /** Copies the first file to the second. */
    COPY,
    /** Changes the mode of the second word to the first. */
    MODE,
    /** Brings data from elsewhere. */
    FETCH,
    /** Sends data elsewhere. */
    SEND,
    /** Runs code that is made as it runs. */
    EVALUATE,
    /** Runs code that had been made unreadable. */
    EVALUATE_DECODED,
    /** Shows variables of the environment. */
    PRINT,
    /** Gives statements to a database. */
    SQL,
    /** Signals processes. */
    SIGNAL,
    /** Installs packages. */
    INSTALL,
    /** Starts itself again. */
    FORK,
    /** Calls the function that its first word names. */
    CALL,
    /** Connects to an address. */
    CONNECT,
    /** Lends its standard streams to something else. */
    ATTACH;

    /** Tell whether what comes out of it may be what a file holds. */
    boolean isOfFiles() {
      return this == READ || this == WRITE || this == FETCH;
    }

    /** Tell whether a function that does so is dangerous to give to another one. */
    boolean isHandedOver() {
      return this == EVALUATE || this == DELETE || this == DELETE_TREE || this == SHELL;
    }
  }
}
