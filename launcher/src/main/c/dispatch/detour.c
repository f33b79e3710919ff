/*
 * Routines of ours that run in the guest's context instead of its call: no signal is blocked, and afterwards the guest
 * goes on with its own registers.
 *
 * A detour stands on the guest's stack, below its red zone; or, when the guest has an alternate signal stack and so
 * may run on tiny ones, on a stack of ours. A record says which context belongs to which guest.
 */
#include "trap.h"

#include <sys/mman.h>

#include "../core/claim.h"

#define RECORDS 256
#define RED_ZONE 128
#define STACK 262144UL
#define GUARD 4096UL
#define MOST_NESTED 32
#define DEPTH 65536UL /* of a detour and what handlers put on top of it, on the guest's stack */

struct aegis_detour {
    int32_t owner; /* thread; 0: free. entry.S clears it */
    const struct aegis_detour_frame *frame; /* likewise, before that */
    char *stack; /* of ours, kept once mapped */
    bool uses_stack;
    unsigned long stands_at; /* the guest's stack pointer */
};

static struct aegis_detour records[RECORDS];
unsigned aegis_detours_used; /* records that ever were, for entry.S */

extern const char aegis_detour_start[];

/* The record on whose stack of ours this address is, or NULL. */
static const struct aegis_detour *stack_of(uintptr_t address) {
    for (unsigned i = 0; i < RECORDS && i < aegis_detours_used; i++) {
        uintptr_t start = (uintptr_t)records[i].stack;
        if (start && address >= start && address - start < STACK)
            return &records[i];
    }
    return NULL;
}

/* Follow the stacks that detours were entered from. */
static bool lies_on(uintptr_t now, uintptr_t then) {
    const struct aegis_detour *below = stack_of(then), *at = stack_of(now);
    for (int depth = 0; depth < MOST_NESTED; depth++) {
        if (at == below && core_lies_on_by_address(now, then))
            return true;
        if (!at)
            return false;
        now = at->stands_at;
        at = stack_of(now);
    }
    return true;
}

/* A guest that left a detour by longjmp never came back to free it. A stack pointer of 0 knows nothing. */
static bool was_left(const struct aegis_detour *record, int32_t thread, uintptr_t stack_pointer) {
    if (record->owner != thread || !record->stands_at || !stack_pointer)
        return false;
    return !lies_on(stack_pointer, record->uses_stack ? (uintptr_t)record->stack + STACK - 1 : record->stands_at);
}

static bool is_gone(int32_t thread) {
    return SYS2(__NR_tkill, thread, 0) == -ESRCH;
}

static bool claim(struct aegis_detour *record, int32_t from, int32_t thread) {
    return __atomic_compare_exchange_n(&record->owner, &from, thread, false, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED);
}

static struct aegis_detour *find_room(unsigned long stack_pointer) {
    int32_t thread = (int32_t)SYS0(__NR_gettid);
    for (unsigned i = 0; i < RECORDS; i++) {
        struct aegis_detour *record = &records[i];
        int32_t owner = __atomic_load_n(&record->owner, __ATOMIC_RELAXED);
        if ((owner && !was_left(record, thread, stack_pointer)) || !claim(record, owner, thread))
            continue;
        unsigned used = __atomic_load_n(&aegis_detours_used, __ATOMIC_RELAXED);
        while (used <= i && !__atomic_compare_exchange_n(&aegis_detours_used, &used, i + 1, false, __ATOMIC_RELAXED,
                                                         __ATOMIC_RELAXED))
            ;
        record->frame = NULL;
        return record;
    }
    for (unsigned i = 0; i < RECORDS; i++) {
        int32_t owner = __atomic_load_n(&records[i].owner, __ATOMIC_RELAXED);
        if (owner && is_gone(owner) && claim(&records[i], owner, thread))
            return &records[i];
    }
    return NULL;
}

static bool map_stack(struct aegis_detour *record) {
    if (record->stack)
        return true;
    long at = SYS6(__NR_mmap, 0, STACK, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK,
                   -1, 0);
    if (CORE_FAILED(at))
        return false;
    SYS3(__NR_mprotect, at, GUARD, PROT_NONE);
    record->stack = (char *)at;
    return true;
}

/* The kernel's own rule: what it says in ss_flags is not whether the guest stands there. */
static bool stands_on_alternate(const struct aegis_trap *trap) {
    const stack_t *alternate = &trap->context->uc_stack;
    unsigned long start = (unsigned long)alternate->ss_sp, now = (unsigned long)trap->at[REG_RSP];
    return now > start && now - start <= alternate->ss_size;
}

/* A guest that stands on its alternate stack stays there: the kernel would put the next signal on top of it. */
static bool may_leave_stack(const struct aegis_trap *trap) {
    return trap->context->uc_stack.ss_size && !stands_on_alternate(trap);
}

void aegis_detour_enter(struct aegis_trap *trap, aegis_detour_routine *run) {
    unsigned long pointer = (unsigned long)trap->at[REG_RSP], top = pointer - RED_ZONE;
    struct aegis_detour *record = find_room(stands_on_alternate(trap) ? 0 : pointer);
    if (!record) {
        aegis_trap_answer(trap, -EAGAIN);
        return;
    }
    record->uses_stack = may_leave_stack(trap) && map_stack(record);
    record->stands_at = pointer;
    if (record->uses_stack)
        top = (unsigned long)record->stack + STACK;
    struct aegis_detour_frame *frame = (struct aegis_detour_frame *)((top - sizeof *frame) & ~63UL);
    memcpy(frame->at, trap->at, sizeof frame->at);
    frame->record = record;
    frame->run = run;
    frame->nr = trap->nr;
    frame->done = 0;
    record->frame = frame;
    trap->at[REG_RSP] = (greg_t)frame;
    trap->at[REG_RIP] = (greg_t)aegis_detour_start;
}

/* Called by entry.S. */
void aegis_detour_run(struct aegis_detour_frame *frame);
void aegis_detour_run(struct aegis_detour_frame *frame) {
    long result = frame->run(frame);
    frame->at[REG_RAX] = result;
    __atomic_store_n(&frame->done, 1, __ATOMIC_RELEASE);
}

void aegis_detour_arguments(const struct aegis_detour_frame *frame, long args[6]) {
    static const uint8_t order[] = {REG_RDI, REG_RSI, REG_RDX, REG_R10, REG_R8, REG_R9};
    for (int i = 0; i < 6; i++)
        args[i] = frame->at[order[i]];
}

void aegis_detours_begin(void) {
    core_lies_on = lies_on;
}

void aegis_detour_forked(struct aegis_detour *own) {
    for (unsigned i = 0; i < RECORDS; i++)
        records[i].owner = 0;
    if (own)
        own->owner = (int32_t)SYS0(__NR_gettid);
}

/* Where aegis_detour_start gives its record back, standing on the guest's own stack again, and then leaves. */
extern const char aegis_detour_leaving[], aegis_detour_left[];

void aegis_detour_leave(greg_t *at) {
    unsigned long ip = (unsigned long)at[REG_RIP];
    if (ip < (unsigned long)aegis_detour_leaving || ip > (unsigned long)aegis_detour_left)
        return;
    struct aegis_detour *record = (struct aegis_detour *)at[REG_R11];
    if (ip < (unsigned long)aegis_detour_left) {
        record->frame = NULL;
        __atomic_store_n(&record->owner, 0, __ATOMIC_RELEASE);
    }
    at[REG_RIP] = at[REG_RCX];
}

const struct aegis_detour_frame *aegis_detour_of(unsigned long stack_pointer) {
    const struct aegis_detour_frame *found = NULL;
    for (unsigned i = 0; i < RECORDS && i < aegis_detours_used; i++) {
        const struct aegis_detour *record = &records[i];
        unsigned long frame = (unsigned long)record->frame;
        if (!record->owner || !frame)
            continue;
        bool holds = record->uses_stack ? stack_pointer >= (unsigned long)record->stack && stack_pointer <= frame
                                        : stack_pointer <= frame && frame - stack_pointer < DEPTH;
        if (holds && (!found || frame < (unsigned long)found))
            found = record->frame;
    }
    return found;
}
