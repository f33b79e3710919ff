package dev.aegis.policy.code;

import java.util.List;
import java.util.Optional;

/**
 * One thing that code would do.
 *
 * @param kind what it does
 * @param words to what: a script, a command and its arguments, or names of files; each empty when
 *     it cannot be known
 * @param written the call as a person reads it
 */
public record Act(Kind kind, List<Optional<String>> words, String written) {
  public Act {
    words = List.copyOf(words);
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
    /** Connects to an address. */
    CONNECT,
    /** Lends its standard streams to something else. */
    ATTACH
  }
}
