package dev.aegis.daemon.intercept;

import dev.aegis.daemon.store.ProcessKey;
import dev.aegis.operation.Coverage;
import dev.aegis.operation.CoverageReason;
import java.util.Optional;

/**
 * One supervised process as it was when it asked.
 *
 * @param program real path of its executable
 * @param coverage how well it is supervised
 * @param coverageReason what about it makes it so
 * @param script the script that it interprets, if any
 * @param parent its recorded parent; empty for the wrapped program and for strays
 * @param wrapped true for the wrapped program itself, false for its descendants
 * @param escaped true when it runs another program than was decided
 */
public record ProcessView(
    ProcessKey key,
    String program,
    Coverage coverage,
    CoverageReason coverageReason,
    Optional<String> script,
    Optional<ProcessKey> parent,
    boolean wrapped,
    boolean escaped) {}
