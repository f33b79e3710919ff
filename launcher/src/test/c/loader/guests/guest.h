/* A program for the loader to run: `guest CHECK [WORD…]`, one check each, every one the same without a loader. */
#ifndef AEGIS_TEST_GUEST_H
#define AEGIS_TEST_GUEST_H

#include <stdbool.h>
#include <stdio.h>

/* Say what is wrong, with the line, and end with 1. */
#define MUST(condition) \
    do { \
        if (!(condition)) \
            guest_fail(__FILE__, __LINE__, #condition); \
    } while (0)

_Noreturn void guest_fail(const char *file, int line, const char *what);

typedef int guest_check(int argc, char **argv);

guest_check guest_describe, guest_links;                             /* describe.c */
guest_check guest_unlink, guest_rename, guest_write, guest_execute, guest_limited, guest_filtered, guest_raw; /* operate.c */
guest_check guest_threads, guest_forks, guest_vfork, guest_spawn;    /* processes.c */
guest_check guest_signals, guest_longjmp, guest_altstack, guest_tiny, guest_masks, guest_hidden; /* signals.c */

#endif
