/* The environment of a new program: as its caller made it, with supervision put back. */
#ifndef AEGIS_ENVIRONMENT_H
#define AEGIS_ENVIRONMENT_H

#include "block.h"
#include "frame.h"

/* What is needed to rebuild one, found in one pass over it. */
struct core_environment {
    char *const *guest;
    size_t count;
    size_t watched; /* bytes of the watched variables */
};

/* 0, -EFAULT or -E2BIG. */
long core_environment_measure(struct core_environment *environment, char *const guest[]);

/* ENV fields of the watched variables. */
void core_environment_put(const struct core_environment *environment, struct core_frame *frame);

/*
 * A vector in block: AEGIS_SESSION of this session, our library first in LD_PRELOAD when the program preloads it,
 * taken out of it when it does not, everything else where it was. NULL when the block is full.
 */
char **core_environment_rebuild(const struct core_environment *environment, struct core_block *block, bool preloads);

/* How much core_environment_rebuild takes at most. */
size_t core_environment_size(const struct core_environment *environment);

#endif
