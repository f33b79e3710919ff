/**
 * Configuration as values: where state lives, what config.toml and the AEGIS_* variables say.
 *
 * <p>Shared by the command line and the daemon. Text in, records or located errors out; the only
 * files looked at are those of AEGIS_HOME, the policies of users and projects, and small texts that
 * a command is told to run. No logging, no threads, no database.
 */
package dev.aegis.config;
