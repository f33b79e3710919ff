/* What the tests of aegis-session share: starting it as the launcher does, and looking at the outcome. */
#ifndef SESSION_HARNESS_H
#define SESSION_HARNESS_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "../runner.h"

/* One starter under test. Descriptors that were not asked for are -1. */
struct starter {
    pid_t pid;
    int terminal; /* our side of its terminal */
    int output;   /* read end of the program's stdout */
    int errors;   /* read end of stderr */
    int ready;
    int go;
};

enum { TERMINAL = 1, READY_GO = 2 };

/* The binary under test, and this test program itself, which is also the wrapped program. */
extern const char *session_binary;
extern const char *guest_binary;

/* Start `aegis-session --session /tmp OPTIONS -- COMMAND`; both end with NULL. */
struct starter start(int how, const char *const options[], const char *const command[]);

/* Close our ends and wait for the end: the wait status. */
int finish(struct starter *starter);

/* Read up to a newline or the end, into a buffer that is overwritten by the next call. */
const char *read_line(int fd);

/* True when the descriptor has neither data nor end within the time. */
bool silent_for(int fd, int milliseconds);

/* Wait until the process is gone, not even a zombie. */
bool gone(pid_t pid);

/* The letter of its state in /proc/PID/stat, or 0 when it is gone; its parent in *parent. */
char state_of(pid_t pid, pid_t *parent);

/* What the wrapped programs of the tests do: argv after `guest`. */
int guest(char **argv);

#define OPTIONS(...) ((const char *const[]){__VA_ARGS__, NULL})
#define NO_OPTIONS ((const char *const[]){NULL})
#define GUEST(...) ((const char *const[]){guest_binary, "guest", __VA_ARGS__, NULL})

#endif
