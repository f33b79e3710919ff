/*
 * The trap: Syscall User Dispatch sends every system call that is made outside an exempt range of code to a SIGSYS
 * handler, and from there to the core.
 *
 * Everything behind this header is freestanding like the core: no libc, no malloc, no locks, no thread-local
 * storage. It is linked into libaegis.so (exempt: libc's text, with our stubs in it) and into aegis-loader
 * (exempt: our stubs alone). Results follow the kernel's convention.
 *
 * What a front end does, in this order:
 *
 *   1. aegis_prepare(front, envp)          the core (core/mediate.h), without its HELLO
 *   2. aegis_dispatch_place(code, size)    where our stubs go; from here on the core's own calls are made there
 *   3. aegis_dispatch_claim(nr, run)       for calls that the front end answers itself (the loader: readlink, execve)
 *   4. aegis_dispatch_start(from, size)    handler installed, this thread armed; from here on everything traps
 *   5. aegis_greet(coverage, reason)       HELLO with the coverage that was reached
 *
 * 5 may come before 4 where nothing of ours may run after it. A failure of 2 or 4 leaves the process as it was.
 *
 * After 4 the engine does the rest by itself: threads, forks and vforks that are made by trapped calls are armed before
 * they return to the guest, signal handlers and masks that pass through trapped calls are virtualised, clone3 and
 * io_uring answer ENOSYS, int 0x80 and x32 calls are refused. What a front end lets happen without a trap (libc's own
 * fork, pthread_create, sigaction …) it must treat itself with the functions below.
 *
 * How a trapped call goes on:
 *   - one that the core does not mediate is made in the guest's own context: the handler returns to a stub
 *     `syscall; jmp back`, one per call site, so blocking, EINTR and restarts are the kernel's own;
 *   - one that is mediated, or claimed, runs as a detour: the handler returns to a routine of ours on the guest's stack (below its
 *     red zone), or on one of ours when the guest has an alternate signal stack (its own may then be tiny).
 *     No signal is blocked meanwhile, so a hold may last, and the guest's registers are put back afterwards;
 *   - guest signal handlers that interrupt either are shown the guest's own registers.
 */
#ifndef AEGIS_DISPATCH_H
#define AEGIS_DISPATCH_H

#include <stdbool.h>
#include <stddef.h>

/* The least that aegis_dispatch_place takes; more room is more call sites with a stub of their own (8 bytes each). */
#define AEGIS_DISPATCH_LEAST 1024
#define AEGIS_DISPATCH_ENOUGH 34816

/* True once aegis_dispatch_start has succeeded in this process image. */
extern bool aegis_dispatch_on;

/*
 * Write our stubs to [code, code + size), which is mapped, page-shared with nothing that must stay writable, and within
 * 2 GB of this object. Its pages are made writable for the moment, then readable and executable. 0 or -errno
 * (-ENOSPC when it is too small).
 */
long aegis_dispatch_place(void *code, size_t size);

/*
 * Install the handler and arm the calling thread, with [from, from + size) exempt; it must hold the stubs. Call it with
 * one thread. 0, or -errno: -EINVAL where the kernel has no Syscall User Dispatch.
 */
long aegis_dispatch_start(const void *from, size_t size);

/*
 * Arm the calling thread: for each new thread or process that was made without a trap, before it runs code of the
 * guest. SIGSYS is unblocked first. Safe in vfork children. Does nothing before the start. 0 or -errno.
 */
long aegis_dispatch_arm(void);

/* The same in a forked child (own memory): forgets the detours of its parent's threads as well. */
long aegis_dispatch_arm_forked(void);

/*
 * Let run answer the system call nr instead of the core, as a detour. It may call aegis_mediate, or the kernel with
 * aegis_syscall6; what it returns is the guest's result. Before the start only.
 */
typedef long aegis_claim(long nr, const long args[6]);
void aegis_dispatch_claim(long nr, aegis_claim *run);

/* True when [start, start + size) touches the exempt code, which is to stay as it is. */
bool aegis_dispatch_guards(const void *start, size_t size);

/* Tell whether attaching shared memory there, in the place of what is mapped, may cover the exempt code. */
bool aegis_dispatch_guards_attach(const void *start, int flags);

/*
 * Filters of system calls that the program installs for itself (seccomp, prctl), so that we can go on speaking to the
 * daemon: is it such a call, and make it with our words in front of the filter. The result is the kernel's.
 */
bool aegis_filter_is(long nr, const long args[6]);
long aegis_filter_install(long nr, const long args[6]);

/* True when the trap gives nr a meaning of its own, so that it must not be made past the trap. */
bool aegis_dispatch_special(long nr);

/*
 * Signals, for calls that are made without a trap. The guest's handler of number is remembered, and what to install
 * instead is returned: our own entry, which tail-calls the guest's; *before is the one remembered until now.
 * NULL, SIG_DFL and SIG_IGN stay what they are. aegis_signal_shown is the way back, for the old action that is shown to the guest.
 */
void *aegis_signal_entry(int number, void *handler, void **before);
void *aegis_signal_shown(void *installed, void *before);

/*
 * SIGSYS is ours; the guest has one of its own that only foreign SIGSYS reach (its seccomp filter, kill). In the
 * kernel's struct sigaction; either pointer may be NULL. 0.
 */
struct aegis_kernel_action {
    void *handler;
    unsigned long flags;
    void *restorer;
    unsigned long mask;
};
void aegis_signal_own_sigsys(const struct aegis_kernel_action *action, struct aegis_kernel_action *old);

/* The bit of SIGSYS in the first word of a signal set: never to be blocked, waited for or read. */
#define AEGIS_SIGSYS_BIT (1UL << 30)

#endif
