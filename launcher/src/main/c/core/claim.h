/*
 * Something that one call at a time may use, and that is found again when its call was left by longjmp.
 *
 * A call of the same thread that still lives lies above the caller on its stack, since the caller is in signal handlers
 * on top of it. One that does not was left behind. On an alternate signal stack nothing can be told, and so
 * nothing is taken.
 */
#ifndef AEGIS_CLAIM_H
#define AEGIS_CLAIM_H

#include "base.h"

struct core_claim {
    uint32_t thread; /* 0: free */
    uintptr_t at;    /* where the stack of its call is */
};

enum core_claimed { CORE_TAKEN_BY_ANOTHER, CORE_CLAIMED, CORE_CLAIMED_FROM_THE_LOST };

/* thread is the caller's. */
enum core_claimed core_claim_take(struct core_claim *claim, uint32_t thread);
void core_claim_release(struct core_claim *claim);

/* Take it from a thread that is gone: a vfork child that executed something in the middle of a call. */
bool core_claim_inherit(struct core_claim *claim, uint32_t thread);

uint32_t core_thread(void);

/* Does what stands at now lie on top of what stands at then? Whoever switches stacks knows better than addresses tell. */
extern bool (*core_lies_on)(uintptr_t now, uintptr_t then);
bool core_lies_on_by_address(uintptr_t now, uintptr_t then);

#endif
