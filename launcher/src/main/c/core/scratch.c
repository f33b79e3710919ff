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

struct core_scratch *core_scratch_claim(void) {
    struct core_process *process = core_process();
    for (uint32_t slot = 0; slot < CORE_BLOCKS; slot++) {
        if (__atomic_exchange_n(&process->blocks[slot], 1, __ATOMIC_ACQUIRE))
            continue;
        if (!kept[slot])
            kept[slot] = map(slot);
        if (kept[slot])
            return kept[slot];
        __atomic_store_n(&process->blocks[slot], 0, __ATOMIC_RELEASE);
        return NULL;
    }
    return map(ONE_CALL);
}

void core_scratch_release(struct core_scratch *scratch) {
    if (scratch->slot == ONE_CALL)
        SYS2(__NR_munmap, scratch, sizeof *scratch);
    else
        __atomic_store_n(&core_process()->blocks[scratch->slot], 0, __ATOMIC_RELEASE);
}
