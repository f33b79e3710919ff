/* syscall(): the program names the call by its number, and means the same calls as everybody. */
#include "preload.h"

#include <sched.h>

#include "../core/descriptors.h"
#include "../dispatch/dispatch.h"

/* Calls that the trap knows better than we do; descriptors and memory are as safe here. */
static int is_trapped(long nr) {
    switch (nr) {
    case SYS_close: case SYS_dup3: case SYS_close_range: case SYS_fcntl:
#ifdef SYS_dup2
    case SYS_dup2:
#endif
        return 0;
    default:
        return aegis_dispatch_special(nr);
    }
}

/* Called by jump.S. */
long aegis_result_of(long result);
long aegis_result_of(long result) {
    return aegis_result(result);
}

/* Calls after which the child runs on a stack that holds no frame of ours, or does so first. */
int aegis_syscall_passes(long nr, unsigned long flags, unsigned long stack);
int aegis_syscall_passes(long nr, unsigned long flags, unsigned long stack) {
    aegis_ready();
    if (aegis_dispatch_on)
        return is_trapped(nr);
    if (nr == SYS_clone)
        return (flags & CLONE_VM) || stack;
#ifdef SYS_vfork
    if (nr == SYS_vfork)
        return 1;
#endif
    return nr == SYS_clone3 || nr == SYS_rt_sigreturn;
}

static long fork_by(long nr, long a, long b, long c, long d, long e) {
    long child = aegis_syscall6(nr, a, b, c, d, e, 0);
    if (child > 0)
        aegis_forked((int)child);
    return child;
}

static long call(long nr, long a, long b, long c, long d, long e, long f) {
    switch (nr) {
    case SYS_execve: return aegis_execute(AT_FDCWD, (const char *)a, (char *const *)b, (char *const *)c, 0);
    case SYS_execveat:
        return aegis_execute((int)a, (const char *)b, (char *const *)c, (char *const *)d, (int)e);
    case SYS_clone: return fork_by(nr, a, b, c, d, e);
#ifdef SYS_fork
    case SYS_fork: return fork_by(nr, a, b, c, d, e);
    case SYS_dup2: return a == b ? (aegis_owns_descriptor((int)a) ? -EBADF : SYS2(nr, a, b)) : aegis_dup3((int)a, (int)b, 0);
#endif
    case SYS_close: return aegis_close((int)a);
    case SYS_dup3: return aegis_dup3((int)a, (int)b, (int)c);
    case SYS_close_range: return aegis_close_range((unsigned)a, (unsigned)b, (unsigned)c);
    case SYS_fcntl: return aegis_owns_descriptor((int)a) ? -EBADF : SYS3(nr, a, b, c);
    default: break;
    }
    const long args[6] = {a, b, c, d, e, f};
    return aegis_mediate(nr, args);
}

long aegis_syscall_wrapper(long nr, long a, long b, long c, long d, long e, long f);
long aegis_syscall_wrapper(long nr, long a, long b, long c, long d, long e, long f) {
    return aegis_result(call(nr, a, b, c, d, e, f));
}
