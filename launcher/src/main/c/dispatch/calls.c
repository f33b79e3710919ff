/* The calls that the trap gives a meaning of its own: one row each. */
#include "trap.h"

#include <sched.h>
#include <sys/mman.h>
#include <sys/shm.h>

#include "../core/descriptors.h"
#include "range.h"

#define PR_SET_SYSCALL_USER_DISPATCH_ 59

typedef void treat(struct aegis_trap *trap);

static long as_it_is(struct aegis_detour_frame *frame) {
    long a[6];
    aegis_detour_arguments(frame, a);
    return aegis_syscall6(frame->nr, a[0], a[1], a[2], a[3], a[4], a[5]);
}

static void let_pass(struct aegis_trap *trap) {
    if (!aegis_stub_enter(trap))
        aegis_detour_enter(trap, as_it_is);
}

/* ---- processes ---- */

static long fork_here(struct aegis_detour_frame *frame) {
    long a[6];
    aegis_detour_arguments(frame, a);
    long child = frame->nr == __NR_clone ? SYS5(__NR_clone, a[0], a[1], a[2], a[3], a[4]) : SYS0(__NR_fork);
    if (child > 0 && !(frame->nr == __NR_clone && a[0] & CLONE_THREAD))
        aegis_forked((int)child);
    if (child == 0) {
        aegis_detour_forked(frame->record);
        aegis_dispatch_arm();
    }
    return child;
}

static void treat_fork(struct aegis_trap *trap) {
    aegis_detour_enter(trap, fork_here);
}

/* A child that shares memory or has a stack of its own cannot return through a frame of ours. */
static void treat_clone(struct aegis_trap *trap) {
    bool apart = trap->nr == __NR_clone && !(trap->at[REG_RDI] & CLONE_VM) && !trap->at[REG_RSI];
    if (apart)
        aegis_detour_enter(trap, fork_here);
    else if (!aegis_stub_enter_clone(trap))
        aegis_trap_answer(trap, -EAGAIN);
}

static void treat_absent(struct aegis_trap *trap) {
    aegis_trap_answer(trap, -ENOSYS);
}

/* A signal to the process itself is nobody else's business, and is to interrupt the guest, not us. */
static long mediate_signal(struct aegis_detour_frame *frame) {
    long args[6];
    aegis_detour_arguments(frame, args);
    return aegis_mediate(frame->nr, args);
}

static void treat_kill(struct aegis_trap *trap) {
    if ((int)trap->at[REG_RDI] == (int)SYS0(__NR_getpid))
        let_pass(trap);
    else
        aegis_detour_enter(trap, mediate_signal);
}

static long install_filter(struct aegis_detour_frame *frame) {
    long args[6];
    aegis_detour_arguments(frame, args);
    return aegis_filter_install(frame->nr, args);
}

static void treat_filter(struct aegis_trap *trap) {
    const greg_t *at = trap->at;
    const long args[6] = {at[REG_RDI], at[REG_RSI]};
    if (aegis_filter_is(trap->nr, args))
        aegis_detour_enter(trap, install_filter);
    else
        let_pass(trap);
}

static void treat_prctl(struct aegis_trap *trap) {
    if ((int)trap->at[REG_RDI] == PR_SET_SYSCALL_USER_DISPATCH_)
        aegis_trap_answer(trap, -EINVAL);
    else
        treat_filter(trap);
}

/* ---- the exempt range stays what it is ---- */

static bool touches_range(unsigned long start, unsigned long size) {
    return start < aegis_range.start + aegis_range.size && start + size > aegis_range.start;
}

bool aegis_dispatch_guards(const void *start, size_t size) {
    return aegis_dispatch_on && touches_range((unsigned long)start, size);
}

static bool ends_without_stack(const struct aegis_trap *trap) {
    static const uint8_t as_musl[] = {0x48, 0x31, 0xff, 0xb8, 60, 0, 0, 0, 0x0f, 0x05};
    static const uint8_t shorter[] = {0x31, 0xff, 0xb8, 60, 0, 0, 0, 0x0f, 0x05};
    const void *next = (const void *)trap->at[REG_RIP];
    unsigned long start = (unsigned long)trap->at[REG_RDI], size = (unsigned long)trap->at[REG_RSI];
    if ((unsigned long)trap->at[REG_RSP] - start >= size)
        return false;
    return !memcmp(next, as_musl, sizeof as_musl) || !memcmp(next, shorter, sizeof shorter);
}

/* A thread that takes away its own stack ends at once, since its exit could not be trapped any more. */
static void treat_munmap(struct aegis_trap *trap) {
    if (touches_range((unsigned long)trap->at[REG_RDI], (unsigned long)trap->at[REG_RSI]))
        aegis_trap_answer(trap, -EPERM);
    else if (ends_without_stack(trap))
        aegis_stub_enter_unmap_exit(trap);
    else
        let_pass(trap);
}

static void treat_mapping(struct aegis_trap *trap) {
    const greg_t *at = trap->at;
    bool placed = trap->nr != __NR_mmap || at[REG_R10] & MAP_FIXED;
    bool moved = trap->nr == __NR_mremap && at[REG_R10] & MREMAP_FIXED &&
                 touches_range((unsigned long)at[REG_R8], (unsigned long)at[REG_RDX]);
    if (moved || (placed && touches_range((unsigned long)at[REG_RDI], (unsigned long)at[REG_RSI])))
        aegis_trap_answer(trap, -EPERM);
    else
        let_pass(trap);
}

/* How much a segment of shared memory would cover is not said in the call: none is put over what may reach the range. */
bool aegis_dispatch_guards_attach(const void *start, int flags) {
    return aegis_dispatch_on && flags & SHM_REMAP && (unsigned long)start < aegis_range.start + aegis_range.size;
}

static void treat_attach(struct aegis_trap *trap) {
    if (aegis_dispatch_guards_attach((const void *)trap->at[REG_RSI], (int)trap->at[REG_RDX]))
        aegis_trap_answer(trap, -EPERM);
    else
        let_pass(trap);
}

/* ---- the core's own descriptors ---- */

static void treat_descriptor(struct aegis_trap *trap) {
    if (aegis_owns_descriptor((int)trap->at[REG_RDI]))
        aegis_trap_answer(trap, -EBADF);
    else
        let_pass(trap);
}

static void treat_dup(struct aegis_trap *trap) {
    if (aegis_owns_descriptor((int)trap->at[REG_RSI]))
        aegis_trap_answer(trap, -EBADF);
    else
        treat_descriptor(trap);
}

static long close_range_here(struct aegis_detour_frame *frame) {
    long a[6];
    aegis_detour_arguments(frame, a);
    return aegis_close_range((unsigned)a[0], (unsigned)a[1], (unsigned)a[2]);
}

static void treat_close_range(struct aegis_trap *trap) {
    aegis_detour_enter(trap, close_range_here);
}

enum row {
    PLAIN, FORK, CLONE, ABSENT, KILL, PRCTL, FILTER, MUNMAP, MAPPING, ATTACH, DESCRIPTOR, DUP, CLOSE_RANGE, ACTION, MASK, RETURN, SLEEP, ROWS
};

static treat *const rows[ROWS] = {
    [FORK] = treat_fork,       [CLONE] = treat_clone,         [ABSENT] = treat_absent,
    [KILL] = treat_kill,       [PRCTL] = treat_prctl,         [FILTER] = treat_filter,
    [MUNMAP] = treat_munmap,   [ATTACH] = treat_attach,
    [MAPPING] = treat_mapping, [DESCRIPTOR] = treat_descriptor, [DUP] = treat_dup,
    [CLOSE_RANGE] = treat_close_range, [ACTION] = aegis_signal_action, [MASK] = aegis_signal_mask,
    [RETURN] = aegis_signal_return, [SLEEP] = aegis_signal_sleep,
};

static const uint8_t row_of[CORE_NUMBERS] = {
    [__NR_fork] = FORK, [__NR_clone] = CLONE, [__NR_vfork] = CLONE, [435 /* clone3 */] = ABSENT,
    [__NR_kill] = KILL, [__NR_tgkill] = KILL, [__NR_prctl] = PRCTL, [__NR_seccomp] = FILTER, [__NR_munmap] = MUNMAP,
    [__NR_mmap] = MAPPING, [__NR_mremap] = MAPPING, [__NR_mprotect] = MAPPING, [329 /* pkey_mprotect */] = MAPPING,
    [__NR_shmat] = ATTACH,
    [__NR_close] = DESCRIPTOR, [__NR_fcntl] = DESCRIPTOR, [__NR_fstat] = DESCRIPTOR, [__NR_dup2] = DUP, [__NR_dup3] = DUP,
    [436 /* close_range */] = CLOSE_RANGE, [__NR_rt_sigaction] = ACTION, [__NR_rt_sigprocmask] = MASK,
    [__NR_rt_sigreturn] = RETURN, [__NR_rt_sigsuspend] = SLEEP, [__NR_ppoll] = SLEEP, [__NR_pselect6] = SLEEP,
    [__NR_epoll_pwait] = SLEEP, [441 /* epoll_pwait2 */] = SLEEP, [333 /* io_pgetevents */] = SLEEP,
    [__NR_rt_sigtimedwait] = SLEEP, [__NR_signalfd] = SLEEP, [__NR_signalfd4] = SLEEP,
};

bool aegis_dispatch_special(long nr) {
    return (unsigned long)nr < CORE_NUMBERS && row_of[nr] != PLAIN;
}

bool aegis_call_special(struct aegis_trap *trap) {
    if (!aegis_dispatch_special(trap->nr))
        return false;
    rows[row_of[trap->nr]](trap);
    return true;
}
