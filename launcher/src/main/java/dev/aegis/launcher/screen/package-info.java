/**
 * The screen model: what the user's terminal shows, computed from what was written to it.
 *
 * <p>Bytes in, cells out, and bytes that paint those cells again. No input or output, no threads,
 * no knowledge of approvals. What a terminal does beyond cells (titles, clipboard, images, answers
 * to queries) is passed over.
 */
package dev.aegis.launcher.screen;
