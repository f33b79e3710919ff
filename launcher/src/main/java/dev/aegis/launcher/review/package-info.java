/**
 * What the audit log teaches about the policy: what another one would have said, and which rules
 * would have spared questions.
 *
 * <p>Rows in, findings out. Nothing here writes a file or talks to the daemon; who looks at the
 * findings decides.
 */
package dev.aegis.launcher.review;
