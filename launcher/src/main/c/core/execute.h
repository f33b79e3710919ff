/* One exec on its way, shared by execve, by the gate and by posix_spawn. */
#ifndef AEGIS_EXECUTE_H
#define AEGIS_EXECUTE_H

#include "ask.h"
#include "block.h"
#include "environment.h"
#include "mediate.h"
#include "place.h"
#include "program.h"

struct core_execution {
    int dirfd;
    const char *guest_path; /* the program's own pointers */
    char *const *guest_argv;
    char *const *guest_envp;
    int flags;
    bool spawns; /* for a child that does not exist yet */

    struct core_block block; /* everything below lies in it */
    struct core_place place;
    struct core_program program;
    struct core_environment environment;
    char *path;          /* our copy, as it was spelled */
    char **argv, **envp; /* our copies */
    size_t argc, argument_bytes;
    const char *cwd; /* directory that the program will run in, or NULL for the current one */
    struct core_answer answer;
    char *reason; /* of a denial, with its rule */
};

/* Copy, pin, inspect and rebuild: 0 or -errno, as the kernel would refuse. */
long core_execution_prepare(struct core_execution *execution);
void core_execution_end(struct core_execution *execution);

/* Ask: 0 or 1 as answer.decision says allowed or held, -errno when denied. */
long core_execution_judge(struct core_execution *execution);

/* Set execution->path and ->argv to the gate, which waits or prints the denial: 0 or -errno. */
long core_execution_redirect(struct core_execution *execution);

/*
 * Set execution->path and ->argv to the loader with the program, which is to be loaded: 0 or -errno. *lent is a
 * descriptor that must stay open until the execution, and be closed when that fails; -1 for a spawn.
 */
long core_execution_load(struct core_execution *execution, int *lent);

#endif
