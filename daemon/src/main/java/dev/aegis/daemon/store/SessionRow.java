package dev.aegis.daemon.store;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One {@code aegis wrap}, as the database keeps it.
 *
 * @param id of at most 24 characters
 * @param wrapped name of the wrapped program
 * @param argv its arguments, its own name first
 * @param cwd working directory at wrap
 * @param workspaces real paths
 * @param terminal whether it has a terminal
 * @param dryRun whether what would ask counts as denied
 * @param state where its life stands
 * @param openedAt wall clock
 * @param closedAt wall clock
 * @param starter aegis-session, once it runs
 * @param counts operations so far
 */
public record SessionRow(
    String id,
    String wrapped,
    List<String> argv,
    String cwd,
    List<String> workspaces,
    boolean terminal,
    boolean dryRun,
    State state,
    Instant openedAt,
    Optional<Instant> closedAt,
    Optional<ProcessKey> starter,
    Counts counts) {

  public SessionRow {
    argv = List.copyOf(argv);
    workspaces = List.copyOf(workspaces);
  }

  /** Where the life of a session stands. */
  public enum State {
    OPENED,
    RUNNING,
    CLOSED,
    /** Its starter was gone when the daemon came back. */
    LOST;

    /** Return the word that people, JSON and the database use. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Operations of a session.
   *
   * @param asked that people were asked about
   * @param allowed that went on
   * @param denied that did not
   * @param approvals opened
   */
  public record Counts(long asked, long allowed, long denied, long approvals) {
    public static final Counts NONE = new Counts(0, 0, 0, 0);
  }
}
