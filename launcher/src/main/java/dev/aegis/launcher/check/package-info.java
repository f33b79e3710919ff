/**
 * What a policy would say of commands that nobody runs: questions, the file system as it stands,
 * answers.
 *
 * <p>Nothing here starts a program, talks to the daemon or writes a file.
 */
package dev.aegis.launcher.check;
