/** Runs the tests of the native side, which drive the built binaries, as part of the test phase. */
package dev.aegis.interception;
