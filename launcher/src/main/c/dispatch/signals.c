/* Signals as the guest knows them: SIGSYS is ours, and its handlers see its own registers. */
#include "trap.h"

#include "../core/guest.h"
#include "../core/state.h"

#define SIGNALS 65
#define SET_SIZE 8
#define FRAME_MASK 296 /* of the mask, in the context that rt_sigreturn finds at the stack pointer */
#define UNBLOCKABLE (1UL << (SIGKILL - 1) | 1UL << (SIGSTOP - 1))

extern const char aegis_signal_arrived[];

void *aegis_signal_handlers[SIGNALS]; /* the guest's own, for entry.S */
static struct aegis_kernel_action own_sigsys;

static bool is_function(const void *handler) {
    return (uintptr_t)handler >= 4096 && handler != (const void *)SIG_ERR; /* SIG_HOLD is a small number as well */
}

/* A child on its parent's memory must not change what its parent's signals do: its handlers are installed as they are. */
static bool can_remember(int number) {
    return aegis_dispatch_on && number > 0 && number < SIGNALS && !core_borrowing(core_process());
}

void *aegis_signal_entry(int number, void *handler, void **before) {
    *before = number > 0 && number < SIGNALS ? aegis_signal_handlers[number] : NULL;
    if (!is_function(handler) || !can_remember(number))
        return handler;
    __atomic_store_n(&aegis_signal_handlers[number], handler, __ATOMIC_RELEASE);
    return (void *)(uintptr_t)aegis_signal_arrived;
}

void *aegis_signal_shown(void *installed, void *before) {
    return installed == (const void *)aegis_signal_arrived ? before : installed;
}

void aegis_signal_own_sigsys(const struct aegis_kernel_action *action, struct aegis_kernel_action *old) {
    struct aegis_kernel_action before = own_sigsys;
    if (action)
        own_sigsys = *action;
    if (old)
        *old = before;
}

/* Let the kernel find out whether eight bytes can be written there. */
static long writable(long pointer) {
    return SYS4(__NR_rt_sigprocmask, SIG_BLOCK, 0, pointer, SET_SIZE);
}

static long change_own_sigsys(const struct aegis_kernel_action *action, long old) {
    struct aegis_kernel_action before;
    if (old && (writable(old) || writable(old + (long)sizeof before - SET_SIZE)))
        return -EFAULT;
    aegis_signal_own_sigsys(action, &before);
    if (old)
        memcpy((void *)old, &before, sizeof before);
    return 0;
}

void aegis_signal_action(struct aegis_trap *trap) {
    int number = (int)trap->at[REG_RDI];
    long guest = trap->at[REG_RSI], old = trap->at[REG_RDX], size = trap->at[REG_R10], result;
    struct aegis_kernel_action action;
    void *before = NULL;
    if (size != SET_SIZE || (guest && core_copy(&action, (const void *)guest, sizeof action))) {
        aegis_trap_answer(trap, size != SET_SIZE ? -EINVAL : -EFAULT);
        return;
    }
    if (number == SIGSYS) {
        aegis_trap_answer(trap, change_own_sigsys(guest ? &action : NULL, old));
        return;
    }
    if (guest)
        action.mask &= ~AEGIS_SIGSYS_BIT;
    void *entry = aegis_signal_entry(number, guest ? action.handler : NULL, &before);
    if (guest)
        action.handler = entry;
    result = SYS4(__NR_rt_sigaction, number, guest ? &action : NULL, old, SET_SIZE);
    if (!result && old) {
        struct aegis_kernel_action *shown = (struct aegis_kernel_action *)old;
        shown->handler = aegis_signal_shown(shown->handler, before);
    }
    aegis_trap_answer(trap, result);
}

/*
 * The mask is what the return from the handler installs: no call is made, and no pending signal of the guest is delivered
 * on top of the handler.
 */
void aegis_signal_mask(struct aegis_trap *trap) {
    long how = trap->at[REG_RDI], guest = trap->at[REG_RSI], old = trap->at[REG_RDX];
    unsigned long *mask = aegis_trap_mask(trap), before = *mask, set, after = before;
    long result = trap->at[REG_R10] == SET_SIZE ? 0 : -EINVAL;
    if (!result && guest)
        result = core_copy(&set, (const void *)guest, sizeof set);
    if (!result && guest) {
        set &= ~(UNBLOCKABLE | AEGIS_SIGSYS_BIT);
        switch (how) {
        case SIG_BLOCK: after = before | set; break;
        case SIG_UNBLOCK: after = before & ~set; break;
        case SIG_SETMASK: after = set; break;
        default: result = -EINVAL; break;
        }
    }
    if (!result) {
        *mask = after;
        if (old && !(result = writable(old)))
            *(unsigned long *)old = before;
    }
    aegis_trap_answer(trap, result);
}

/* The guest may have put SIGSYS into the mask that it returns to. */
void aegis_signal_return(struct aegis_trap *trap) {
    unsigned long *mask = (unsigned long *)(trap->at[REG_RSP] + FRAME_MASK), now;
    if (!core_copy(&now, mask, sizeof now) && now & AEGIS_SIGSYS_BIT)
        *mask = now & ~AEGIS_SIGSYS_BIT;
    if (!aegis_stub_enter(trap))
        aegis_trap_answer(trap, -ENOSYS);
}

/* Where a call has its set of signals. */
static const struct sleep {
    uint16_t nr;
    uint8_t set, size;
    bool indirect; /* argument set points to {set, size} */
} sleeps[] = {
    {__NR_rt_sigsuspend, 0, 1, false}, {__NR_ppoll, 3, 4, false},       {__NR_epoll_pwait, 4, 5, false},
    {441 /* epoll_pwait2 */, 4, 5, false}, {__NR_rt_sigtimedwait, 0, 3, false}, {__NR_signalfd, 1, 2, false},
    {__NR_signalfd4, 1, 2, false},     {__NR_pselect6, 5, 0, true},     {333 /* io_pgetevents */, 5, 0, true},
};

static const struct sleep *sleep_of(long nr) {
    for (unsigned i = 0; i < sizeof sleeps / sizeof *sleeps; i++)
        if (sleeps[i].nr == nr)
            return &sleeps[i];
    return NULL;
}

struct indirect_set {
    unsigned long set, size;
};

/* The set of the call without SIGSYS; false when it has none of eight bytes, or SIGSYS is not in it. */
static bool find_set(const struct sleep *sleep, const long args[6], unsigned long *set) {
    struct indirect_set pointed = {(unsigned long)args[sleep->set], (unsigned long)args[sleep->size]};
    if (sleep->indirect && (!args[sleep->set] || core_copy(&pointed, (const void *)args[sleep->set], sizeof pointed)))
        return false;
    if (!pointed.set || pointed.size != SET_SIZE || core_copy(set, (const void *)pointed.set, sizeof *set))
        return false;
    bool found = *set & AEGIS_SIGSYS_BIT;
    *set &= ~AEGIS_SIGSYS_BIT;
    return found;
}

/* The call with a set of our own. */
static long sleep_without(struct aegis_detour_frame *frame) {
    const struct sleep *sleep = sleep_of(frame->nr);
    unsigned long set;
    long a[6];
    aegis_detour_arguments(frame, a);
    struct indirect_set ours = {(unsigned long)&set, SET_SIZE};
    if (find_set(sleep, a, &set))
        a[sleep->set] = sleep->indirect ? (long)&ours : (long)&set;
    return aegis_syscall6(frame->nr, a[0], a[1], a[2], a[3], a[4], a[5]);
}

void aegis_signal_sleep(struct aegis_trap *trap) {
    const greg_t *at = trap->at;
    const long args[6] = {at[REG_RDI], at[REG_RSI], at[REG_RDX], at[REG_R10], at[REG_R8], at[REG_R9]};
    unsigned long set;
    if (find_set(sleep_of(trap->nr), args, &set) || !aegis_stub_enter(trap))
        aegis_detour_enter(trap, sleep_without);
}

/* ---- signals that arrive ---- */

typedef void handler_of_guest(int number, siginfo_t *info, void *context);

static handler_of_guest *handler_of(int number) {
    return (handler_of_guest *)(uintptr_t)aegis_signal_handlers[number];
}

/* Show the guest at its call, and put back what really was interrupted. */
static __attribute__((noinline)) void show_guest(int number, siginfo_t *info, ucontext_t *context,
                                                  const struct aegis_detour_frame *frame) {
    greg_t *at = context->uc_mcontext.gregs, interrupted[AEGIS_REGISTERS];
    memcpy(interrupted, at, sizeof interrupted);
    memcpy(at, frame->at, sizeof interrupted);
    if (!frame->done)
        at[REG_RIP] -= 2;
    handler_of(number)(number, info, context);
    memcpy(at, interrupted, sizeof interrupted);
}

/* Called by entry.S once there have been detours. */
void aegis_signal_maybe_in_detour(int number, siginfo_t *info, ucontext_t *context);
void aegis_signal_maybe_in_detour(int number, siginfo_t *info, ucontext_t *context) {
    aegis_detour_leave(context->uc_mcontext.gregs);
    const struct aegis_detour_frame *frame = aegis_detour_of((unsigned long)context->uc_mcontext.gregs[REG_RSP]);
    if (frame)
        show_guest(number, info, context, frame);
    else
        handler_of(number)(number, info, context);
}

/* As the kernel would treat a SIGSYS that is not ours. */
void aegis_signal_foreign(int number, siginfo_t *info, ucontext_t *context) {
    void *handler = own_sigsys.handler;
    if (handler == (void *)SIG_IGN)
        return;
    if (is_function(handler)) {
        ((handler_of_guest *)(uintptr_t)handler)(number, info, context);
        return;
    }
    struct aegis_kernel_action ends = {.handler = (void *)SIG_DFL};
    unsigned long set = AEGIS_SIGSYS_BIT;
    SYS4(__NR_rt_sigaction, SIGSYS, &ends, 0, SET_SIZE);
    SYS3(__NR_tgkill, SYS0(__NR_getpid), SYS0(__NR_gettid), SIGSYS);
    SYS4(__NR_rt_sigprocmask, SIG_UNBLOCK, &set, 0, SET_SIZE);
}
