/* Room for paths and frames, so that none of it lies on the stack of the program. */
#ifndef AEGIS_SCRATCH_H
#define AEGIS_SCRATCH_H

#include "base.h"

#define CORE_FRAME 24576
#define CORE_ANSWER 4096

struct core_scratch {
    uint32_t slot;
    char spelled[CORE_PATH], other_spelled[CORE_PATH];   /* copies of what the program wrote */
    char path[CORE_PATH + 64], other_path[CORE_PATH + 64]; /* resolved */
    char walk[CORE_PATH], text[CORE_PATH];
    uint8_t frame[CORE_FRAME];
    uint8_t answer[CORE_ANSWER];
};

/* NULL when there is no memory. Each claim is released by the same process before it goes on. */
struct core_scratch *core_scratch_claim(void);
void core_scratch_release(struct core_scratch *scratch);

#endif
