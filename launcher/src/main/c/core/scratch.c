/*
 * A few blocks that stay mapped, claimed by compare-and-swap; further ones are mapped for one call.
 * The claims lie in the wiped page: in a forked child those of the parent's threads are void.
 */
#include "scratch.h"

#include <sys/mman.h>

#include "state.h"

#define ONE_CALL CORE_BLOCKS

static struct core_scratch *kept[CORE_BLOCKS];

static struct core_scratch *map(uint32_t slot) {
    long at = SYS6(__NR_mmap, 0, sizeof(struct core_scratch), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS,
                   -1, 0);
    if (CORE_FAILED(at))
        return NULL;
    struct core_scratch *scratch = (struct core_scratch *)at;
    scratch->slot = slot;
    return scratch;
}

static struct core_scratch *claimed(struct core_process *process, uint32_t slot) {
    if (!kept[slot])
        kept[slot] = map(slot);
    if (!kept[slot])
        core_claim_release(&process->blocks[slot]);
    return kept[slot];
}

struct core_scratch *core_scratch_claim(void) {
    struct core_process *process = core_process();
    uint32_t thread = core_thread();
    for (uint32_t slot = 0; slot < CORE_BLOCKS; slot++)
        if (core_claim_take(&process->blocks[slot], thread) != CORE_TAKEN_BY_ANOTHER)
            return claimed(process, slot);
    for (uint32_t slot = 0; slot < CORE_BLOCKS; slot++)
        if (core_claim_inherit(&process->blocks[slot], thread))
            return claimed(process, slot);
    return map(ONE_CALL);
}

void core_scratch_release(struct core_scratch *scratch) {
    if (scratch->slot == ONE_CALL)
        SYS2(__NR_munmap, scratch, sizeof *scratch);
    else
        core_claim_release(&core_process()->blocks[scratch->slot]);
}
