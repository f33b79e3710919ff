/* Connections to the daemon: a few that last, claimed by compare-and-swap, and one-shot ones beside. */
#ifndef AEGIS_CONNECTION_H
#define AEGIS_CONNECTION_H

#include "base.h"

#define CORE_PATIENCE 10000000000L /* 10 s, in nanoseconds */

/* A connection that one call holds. */
struct core_line {
    int fd;
    int slot; /* -1: one-shot */
};

/*
 * Claim a connection, making it when needed, HELLO said: 0 or -errno. -ENOTCONN when there is no
 * session; -EPERM and -EACCES when a sandbox forbids connecting. Does not retry.
 */
long core_line_claim(struct core_line *line);

/* Give it back; a broken one is closed. */
void core_line_release(struct core_line *line, bool broken);

/* Send all, or -errno. A signal does not end it; a peer that takes nothing for 10 s does. */
long core_line_send(struct core_line *line, const void *bytes, size_t size);

/*
 * Read exactly size bytes: 0, or -errno; -ETIMEDOUT after 10 s without any, unless forever;
 * -EPIPE when the daemon closed.
 */
long core_line_receive(struct core_line *line, void *bytes, size_t size, bool forever);

/* At start: connect once and say HELLO, so that the daemon knows of this program. */
void core_greet(void);

/* In a forked child: close the copies of its parent's connections. */
void core_drop_inherited(void);

/* Move fd out of the way of the program, with FD_CLOEXEC; the number it has now. */
int core_raise(int fd);

#endif
