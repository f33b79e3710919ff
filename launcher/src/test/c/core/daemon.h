/* A daemon for the tests: a process of its own that answers by a behaviour which the test can change. */
#ifndef AEGIS_TEST_DAEMON_H
#define AEGIS_TEST_DAEMON_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum behaviour {
    ALLOW,         /* everything */
    DENY_VICTIM,   /* what has "victim" in its PATH or PATH2, allow the rest */
    DENY,          /* everything */
    SILENT,        /* take and never answer */
    GARBAGE,       /* answer with noise */
    WRONG_NUMBER,  /* answer another transaction */
    HANG_UP,       /* close the connection at every question */
    HOLD_ALLOW,    /* HELD, a moment later allow; an execute is held at once */
    HOLD_HANG_UP,  /* HELD, then close; allow the ATTACH that follows */
    HOLD_FORGET    /* HELD, then close; the number is not known at the ATTACH; allow what is asked after it */
};

#define LOGGED 512
#define LOGGED_BYTES 6144

struct logged {
    uint32_t size; /* of the frame; no more than LOGGED_BYTES are kept */
    pid_t peer;
    uint8_t bytes[LOGGED_BYTES];
};

struct shared {
    volatile int behaviour;
    volatile unsigned frames;
    volatile unsigned connections;
    struct logged log[LOGGED];
};

extern struct shared *shared;
extern char session[64]; /* the session directory */
extern char home[96];    /* AEGIS_HOME of the page */

/* Make a session below /tmp and start its daemon; AEGIS_SESSION is set in this process. */
void daemon_start(const char *library, const char *gate);
void daemon_load(const char *loader, uint32_t flags); /* the page says so, for reporters to come */
void daemon_for_everybody(void); /* other users may connect */
void daemon_stop(void);
void daemon_restart(void);
void session_remove(void);

/* A field of a logged frame: its content, or NULL; *size is its length. */
const uint8_t *field(const struct logged *frame, unsigned tag, size_t *size);

/* How many frames of this type since `from`; *last is the last of them. */
unsigned frames_of(unsigned from, unsigned type, const struct logged **last);

#endif
