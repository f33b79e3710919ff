/** Tests of what is installed beside the jars: the start script. No production code is here. */
package dev.aegis.distribution;
