/*
 * aegis-gate: what a held or denied exec turns into, in the same process, with the same descriptors,
 * terminal, limits and signals. It waits for the decision and then becomes the program, or says on
 * descriptor 2 why not and ends with AEGIS_GATE_DENIED. core/gate.h has the contract.
 *
 * It touches no disposition and no mask, so that a signal while waiting does what it would have
 * done to the program that is being held.
 */
#ifndef AEGIS_GATE_MAIN_H
#define AEGIS_GATE_MAIN_H

#include <fcntl.h>

#include "core/base.h"
#include "core/gate.h"

/* What the command line asked for. */
struct gate_call {
    bool ask;
    bool filtered;
    bool hold;
    unsigned long request;
    const char *reason;
    const char *path;
    int fd; /* -1: none */
    int flags;
    char **argv;
    char **envp;
};

/* Read argv; false when it is not as the contract says. */
bool gate_read(struct gate_call *call, char **argv, char **envp);

/* The program, and for a script the interpreters that the kernel would run it with. */
enum { GATE_LINKS = 6, GATE_LINE = 256 };

struct gate_subject {
    int count;
    bool script;
    long error; /* of the first that could not be looked at */
    struct aegis_identity chain[GATE_LINKS];
};

/* Look at what would be executed now. */
void gate_look(const struct gate_call *call, struct gate_subject *subject);

/* True when nothing of it was replaced or changed between the two looks. */
bool gate_same(const struct gate_subject *before, const struct gate_subject *after);

/* True when another process traces this one. */
bool gate_is_traced(void);

/* Become the program, which was approved; returns only when that failed, with -errno. */
long gate_become(const struct gate_call *call, bool script);

/* Remember whether descriptor 2 was the program's own; call it before anything is opened. */
void gate_listen(void);

/* Write `aegis: WORD COMMAND: REASON (rule RULE)` to descriptor 2 in one piece; rule may be "". */
void gate_say(const char *word, const struct gate_call *call, const char *reason, const char *rule);

#endif
