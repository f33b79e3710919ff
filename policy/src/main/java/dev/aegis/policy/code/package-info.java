/**
 * Understanding of short programs in other languages than the shell's: Python, JavaScript, Perl,
 * Ruby, PHP, awk, as they stand behind {@code -c} and {@code -e} and in here-documents.
 *
 * <p>Text in, acts out: what it would start, delete, overwrite, fetch. Recognises calls; it does
 * not run anything, and what it cannot tell stays unknown. One pass, bounded on any input. Nothing
 * here depends on another package of Aegis.
 */
package dev.aegis.policy.code;
