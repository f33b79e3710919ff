/**
 * Configuration as values: where state lives, what config.toml and the AEGIS_* variables say.
 *
 * <p>Shared by the command line and the daemon. Text in, records or located errors out.
 */
package dev.aegis.config;
