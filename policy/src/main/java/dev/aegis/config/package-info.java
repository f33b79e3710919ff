/**
 * Configuration as values: where state lives, what config.toml and the AEGIS_* variables say.
 *
 * <p>Shared by the command line and the daemon. Text in, records or located errors out; the only
 * files looked at are those of AEGIS_HOME, and the policies of users and projects. No logging, no
 * threads, no database.
 */
package dev.aegis.config;
