package dev.aegis.daemon.channels;

/**
 * A head of the audit log's chain, to be kept where nobody on this machine can change it.
 *
 * @param host name of this machine
 * @param row number of the newest row
 * @param head its code, 64 hexadecimal digits
 */
public record ChainAnchor(String host, long row, String head) {}
