/* Signals to, and hands on, other processes. */
#include "preload.h"

#include <signal.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/reboot.h>
#include <unistd.h>

EXPORT int killpg(pid_t group, int number) {
    return group < 0 ? (int)aegis_result(-EINVAL) : kill(-group, number);
}

EXPORT int sigqueue(pid_t pid, int number, const union sigval value) {
    siginfo_t info;
    memset(&info, 0, sizeof info);
    info.si_signo = number;
    info.si_code = SI_QUEUE;
    info.si_pid = getpid();
    info.si_uid = getuid();
    info.si_value = value;
    return (int)aegis_result(CARRY_OUT(SYS_rt_sigqueueinfo, pid, number, &info));
}

#define SET_DISPATCH 0x4210 /* PTRACE_SET_SYSCALL_USER_DISPATCH_CONFIG, which libc does not name */

/* Everything but these needs a tracee, which was judged when it became one. */
static int is_judged(long request) {
    return request == PTRACE_ATTACH || request == PTRACE_SEIZE || request == PTRACE_TRACEME || request == SET_DISPATCH;
}

EXPORT long ptrace(enum __ptrace_request request, ...) {
    aegis_ready();
    va_list more;
    va_start(more, request);
    pid_t pid = va_arg(more, pid_t);
    void *address = va_arg(more, void *), *data = va_arg(more, void *);
    va_end(more);
    long refused = is_judged(request) ? ASK(SYS_ptrace, request, pid, address, data) : 0;
    return refused ? aegis_result(refused) : aegis_real.ptrace(request, pid, address, data);
}

EXPORT int reboot(int command) {
    return (int)aegis_result(CARRY_OUT(SYS_reboot, 0xfee1dead, 672274793, command, 0));
}
