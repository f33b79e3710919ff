/**
 * The JVM agent: what runs inside a foreign JVM that was started with {@code -javaagent}.
 *
 * <p>Only what must live there belongs here: no logging framework, no library, nothing that a
 * foreign program could meet on its class path. What is judged is judged elsewhere.
 */
package dev.aegis.agent;
