/*
 * The memory of one exec: argv, environment, paths, frame; one mapping, filled from its start.
 *
 * An exec that succeeds takes the mapping with it, except in a vfork child, whose memory is its
 * parent's: such mappings are remembered and undone when the child no longer shares that memory.
 */
#ifndef AEGIS_BLOCK_H
#define AEGIS_BLOCK_H

#include "base.h"

struct core_block {
    char *start;
    size_t size, used;
};

/* 0 or -ENOMEM. */
long core_block_map(struct core_block *block, size_t size);
void core_block_unmap(struct core_block *block);

/* size bytes, aligned to 16, or NULL when the block is full. */
void *core_block_take(struct core_block *block, size_t size);

#endif
