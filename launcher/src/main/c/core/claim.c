#include "claim.h"

#include <signal.h>

#define DEEPEST 1048576UL /* of handlers on top of a call */

uint32_t core_thread(void) {
    return (uint32_t)SYS0(__NR_gettid);
}

static bool on_alternate_stack(void) {
    stack_t stack;
    return SYS2(__NR_sigaltstack, 0, &stack) || stack.ss_flags & SS_ONSTACK;
}

static bool take(struct core_claim *claim, uint32_t from, uint32_t thread, uintptr_t at) {
    if (!__atomic_compare_exchange_n(&claim->thread, &from, thread, false, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED))
        return false;
    claim->at = at;
    return true;
}

bool (*core_lies_on)(uintptr_t now, uintptr_t then);

bool core_lies_on_by_address(uintptr_t now, uintptr_t then) {
    return then > now && then - now < DEEPEST;
}

/* The same frame again means that the first is no more. */
static __attribute__((noinline)) bool was_left(const struct core_claim *claim, uintptr_t now) {
    bool lives = core_lies_on ? core_lies_on(now, claim->at) : core_lies_on_by_address(now, claim->at);
    return !lives && !on_alternate_stack();
}

enum core_claimed core_claim_take(struct core_claim *claim, uint32_t thread) {
    uintptr_t now = (uintptr_t)__builtin_frame_address(0);
    uint32_t owner = __atomic_load_n(&claim->thread, __ATOMIC_RELAXED);
    if (!owner && take(claim, 0, thread, now))
        return CORE_CLAIMED;
    if (owner == thread && was_left(claim, now) && take(claim, thread, thread, now))
        return CORE_CLAIMED_FROM_THE_LOST;
    return CORE_TAKEN_BY_ANOTHER;
}

bool core_claim_inherit(struct core_claim *claim, uint32_t thread) {
    uint32_t owner = __atomic_load_n(&claim->thread, __ATOMIC_RELAXED);
    return owner && SYS2(__NR_tkill, owner, 0) == -ESRCH &&
           take(claim, owner, thread, (uintptr_t)__builtin_frame_address(0));
}

void core_claim_release(struct core_claim *claim) {
    __atomic_store_n(&claim->thread, 0, __ATOMIC_RELEASE);
}
