/* Running a guest, by the kernel alone or by way of the core and so in the loader, and what came of it. */
#ifndef AEGIS_TEST_RUN_H
#define AEGIS_TEST_RUN_H

#include <stdbool.h>

struct run {
    int status;        /* exit status, or 1000 + signal */
    char output[65536]; /* of both descriptors */
};

enum way { NATIVE, SUPERVISED };

/* Run argv[0], at most ten seconds. */
void run(struct run *result, enum way way, char *const argv[]);

/* The same with a path of its own, so that argv[0] may be anything; envp as given, with AEGIS_SESSION added. */
void run_as(struct run *result, enum way way, const char *path, char *const argv[], char *const envp[]);

/* True when the output has this line. */
bool run_said(const struct run *result, const char *line);

#endif
