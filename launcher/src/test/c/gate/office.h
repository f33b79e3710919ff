/*
 * The daemon's side of a gate, as far as a gate sees it: a session with its page and socket, and the
 * frames of docs/wire-protocol.md read and written by hand, so that nothing is shared with the code under test.
 */
#ifndef GATE_OFFICE_H
#define GATE_OFFICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "../runner.h"

enum { HELLO = 1, ASK = 2, ATTACH = 5, RELEASED = 6, VERDICT = 64, HELD = 65 };
enum { DENY = 0, ALLOW = 1, HOLD = 2 };
enum { TAG_KIND = 1, TAG_FRONT = 19, TAG_REQUEST = 20, TAG_VERDICT = 21, TAG_ERRNO = 22, TAG_RULE = 23, TAG_REASON = 24 };

struct office {
    char directory[64];
    int listener;
    int peer; /* the connection of the gate, or -1 */
};

struct frame {
    int type;
    uint64_t transaction;
    size_t size;
    uint8_t fields[65536];
};

/* The binaries that the page names. */
extern const char *gate_binary;
extern const char *library;

void office_open(struct office *office);
void office_close(struct office *office);

/* Stop and start listening, as a daemon that dies and comes back. */
void office_die(struct office *office);
void office_return(struct office *office);

/* Wait for the gate to connect and to say HELLO with its front. */
void office_accept(struct office *office);

/* The next frame; its type is 0 when the gate closed the connection. */
const struct frame *office_read(struct office *office);

/* The number in a field of one, two, four or eight bytes; the test fails when it is not there. */
uint64_t frame_number(const struct frame *frame, int tag);

/* Expect ATTACH with this request. */
void office_expect_attach(struct office *office, uint64_t request);

/* Answer the last frame. */
void office_decide(struct office *office, int verdict, uint64_t request, const char *rule, const char *reason);
void office_decide_unknown(struct office *office);
void office_hold(struct office *office, uint64_t request);

#endif
