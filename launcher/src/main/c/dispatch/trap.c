/* The handler of SIGSYS, and arming. */
#include "trap.h"

#include <linux/audit.h>

#include "../core/ops.h"
#include "../core/state.h"
#include "range.h"

#define PR_SET_SYSCALL_USER_DISPATCH_ 59
#define PR_SYS_DISPATCH_ON_ 1
#define SYS_USER_DISPATCH_ 2 /* si_code */
#define SA_RESTORER_ 0x04000000
#define SET_SIZE 8

bool aegis_dispatch_on;
struct aegis_range aegis_range;
static aegis_claim *claims[CORE_NUMBERS];

static long mediate(struct aegis_detour_frame *frame) {
    long args[6];
    aegis_detour_arguments(frame, args);
    return aegis_mediate(frame->nr, args);
}

static long answer_claimed(struct aegis_detour_frame *frame) {
    long args[6];
    aegis_detour_arguments(frame, args);
    return claims[frame->nr](frame->nr, args);
}

/* 32-bit calls, and the same calls under the numbers of x32, are not there. */
static bool is_foreign_convention(const siginfo_t *info, long nr) {
    return info->si_arch != AUDIT_ARCH_X86_64 || (unsigned long)nr >= CORE_NUMBERS;
}

static void on_call(int number, siginfo_t *info, void *data) {
    ucontext_t *context = data;
    struct aegis_trap trap = {.context = context, .at = context->uc_mcontext.gregs};
    trap.nr = (int)trap.at[REG_RAX]; /* the kernel takes 32 bits of it */
    if (info->si_code != SYS_USER_DISPATCH_)
        aegis_signal_foreign(number, info, context);
    else if (is_foreign_convention(info, trap.nr))
        aegis_trap_answer(&trap, -ENOSYS);
    else if (claims[trap.nr])
        aegis_detour_enter(&trap, answer_claimed);
    else if (aegis_call_special(&trap))
        return;
    else if (core_op_of(trap.nr) || !aegis_stub_enter(&trap))
        aegis_detour_enter(&trap, mediate);
}

void aegis_dispatch_claim(long nr, aegis_claim *run) {
    if ((unsigned long)nr < CORE_NUMBERS)
        claims[nr] = run;
}

static long arm(void) {
    return SYS5(__NR_prctl, PR_SET_SYSCALL_USER_DISPATCH_, PR_SYS_DISPATCH_ON_, aegis_range.start, aegis_range.size, 0);
}

long aegis_dispatch_arm(void) {
    unsigned long set = AEGIS_SIGSYS_BIT;
    if (!aegis_dispatch_on)
        return 0;
    SYS4(__NR_rt_sigprocmask, SIG_UNBLOCK, &set, 0, SET_SIZE);
    return arm();
}

/*
 * Called by entry.S in front of each handler of the guest: a signal may come to a thread or a child before the code that arms it. A
 * filter of system calls may forbid it later, and threads under one have been armed by then.
 */
void aegis_dispatch_arm_handler(void);
void aegis_dispatch_arm_handler(void) {
    if (!core_image.filtered)
        arm();
}

long aegis_dispatch_arm_forked(void) {
    if (!aegis_dispatch_on)
        return 0;
    aegis_detour_forked(NULL);
    return aegis_dispatch_arm();
}

long aegis_dispatch_start(const void *from, size_t size) {
    struct aegis_kernel_action ours = {.handler = (void *)(uintptr_t)on_call,
                                       .flags = SA_SIGINFO | SA_ONSTACK | SA_RESTORER_,
                                       .restorer = aegis_stub_restorer(),
                                       .mask = ~0UL};
    struct aegis_kernel_action before;
    unsigned long set = AEGIS_SIGSYS_BIT;
    aegis_detours_begin();
    aegis_range = (struct aegis_range){(unsigned long)from, size};
    long error = SYS4(__NR_rt_sigaction, SIGSYS, &ours, &before, SET_SIZE);
    if (error)
        return error;
    SYS4(__NR_rt_sigprocmask, SIG_UNBLOCK, &set, 0, SET_SIZE);
    if ((error = arm())) {
        SYS4(__NR_rt_sigaction, SIGSYS, &before, 0, SET_SIZE);
        return error;
    }
    aegis_signal_own_sigsys(&before, NULL); /* ignored by whoever executed us, perhaps */
    aegis_dispatch_on = true;
    return 0;
}
