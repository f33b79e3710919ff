package dev.aegis.policy;

import dev.aegis.operation.Operation;
import dev.aegis.policy.snapshot.Snapshot;

/**
 * Decide what may be done. Thread-safe, and changes nothing but what its surroundings count for
 * rules with a rate: ask once for each operation.
 */
public interface PolicyEngine {

  /**
   * Judge one operation.
   *
   * @param program real path of the executable of the process that asks
   */
  Decision decide(Operation operation, String program, Surroundings surroundings);

  /**
   * True when some rule names a path of the baseline, so that reporters must ask for everything.
   */
  boolean narrowsBaseline();

  /**
   * Return what is allowed by the path alone, whatever process asks: never anything that {@link
   * #decide} would not allow. Takes up to some hundred milliseconds.
   *
   * @param session of which workspaces, home, scratch and own state directories, wrapped program
   *     and user are asked, and nothing else
   */
  default Snapshot snapshot(Surroundings session) {
    return Snapshot.ASKING;
  }
}
