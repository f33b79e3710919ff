package dev.aegis.daemon.api;

import dev.aegis.config.AegisHome;
import java.time.Instant;

/**
 * What does not change while a daemon lives.
 *
 * @param home its home
 * @param version of Aegis
 * @param startedAt wall clock
 * @param user login name of the one user it serves
 * @param uid of that user
 */
public record DaemonFacts(
    AegisHome home, String version, Instant startedAt, String user, int uid) {}
