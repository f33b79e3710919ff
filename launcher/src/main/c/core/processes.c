/* Other processes: signals, tracing, taking over what they hold. */
#include "ops.h"

#include <fcntl.h>
#include <sys/ptrace.h>

#include "ask.h"
#include "judge.h"

#define MOST_SIGNAL 64

static long ask(struct core_call *call, int32_t target, int signal) {
    struct core_frame frame;
    char what[64] = "of process ";
    if (!core_room(call))
        return -ENOMEM;
    core_ask_begin(call, &frame, CORE_ASK, call->op->kind);
    core_put_u32(&frame, CORE_TARGET, (uint32_t)target);
    if (call->op->kind == CORE_SIGNAL_SENT)
        core_put_u32(&frame, CORE_SIGNAL, (uint32_t)signal);
    char *at = what + strlen(what);
    if (target < 0)
        *at++ = '-';
    core_decimal(at, target < 0 ? -(unsigned long)target : (unsigned long)target);
    return core_judge_frame(call, &frame, call->op->kind, what);
}

/* Signal 0 and unknown ones change nothing; the kernel says whether the target is there. */
static bool changes_nothing(long signal) {
    return signal <= 0 || signal > MOST_SIGNAL;
}

/* Would the kernel find the target, and let us? */
static long probe(const struct core_call *call) {
    const long *a = call->args;
    switch (call->op->number) {
    case __NR_tkill: return SYS2(__NR_tkill, a[0], 0);
    case __NR_tgkill:
    case __NR_rt_tgsigqueueinfo: return SYS3(__NR_tgkill, a[0], a[1], 0);
    default: return SYS2(__NR_kill, (int)a[0], 0);
    }
}

static bool is_thread_of_ours(long pid, long tid) {
    return SYS3(__NR_tgkill, pid, tid, 0) == 0;
}

static bool is_self(const struct core_call *call, long pid) {
    long target = call->args[0];
    return target == pid || (call->op->number == __NR_tkill && is_thread_of_ours(pid, target));
}

long core_signal(struct core_call *call) {
    long signal = (int)core_arg(call, call->op->value);
    int target = (int)call->args[0];
    if (changes_nothing(signal))
        return call->act ? core_as_it_is(call) : 0;
    if (is_self(call, SYS0(__NR_getpid)) && !core_narrowed()) {
        core_count(CORE_SIGNAL_SENT);
        return call->act ? core_as_it_is(call) : 0;
    }
    long error = probe(call);
    if (!error)
        error = ask(call, target, (int)signal);
    return error || !call->act ? error : core_as_it_is(call);
}

/* The process that a pidfd stands for, as /proc/self/fdinfo names it; 0 when it is none or not of this namespace. */
static long pid_of(int pidfd) {
    char text[512], path[48] = "/proc/self/fdinfo/";
    core_decimal(path + strlen(path), (unsigned)pidfd);
    long fd = pidfd < 0 ? -1 : SYS4(__NR_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC, 0);
    if (fd < 0)
        return 0;
    long size = SYS3(__NR_read, fd, text, sizeof text - 1);
    SYS1(__NR_close, fd);
    text[size > 0 ? size : 0] = 0;
    for (const char *line = text; *line; line++) {
        unsigned long pid;
        const char *end;
        if (core_starts_with(line, "Pid:\t") && core_number(line + 5, &pid, &end))
            return (long)pid;
    }
    return 0;
}

long core_signal_pidfd(struct core_call *call) {
    long signal = (int)call->args[1], pid;
    if (changes_nothing(signal) || (pid = pid_of((int)call->args[0])) == SYS0(__NR_getpid))
        return call->act ? core_as_it_is(call) : 0;
    long error = SYS4(__NR_pidfd_send_signal, call->args[0], 0, 0, call->args[3]);
    if (!error)
        error = ask(call, (int)pid, (int)signal);
    return error || !call->act ? error : core_as_it_is(call);
}

/* Requests that begin a trace; the others work on what is traced already. */
static bool begins(const struct core_call *call) {
    if (call->op->number != __NR_ptrace)
        return true;
    return call->args[0] == PTRACE_ATTACH || call->args[0] == PTRACE_SEIZE;
}

/* A tracer that sets how its tracee's system calls are dispatched takes the trap away from it. */
#define SET_DISPATCH 0x4210

long core_trace(struct core_call *call) {
    long pid = (int)core_arg(call, call->op->dir);
    if (call->op->number == __NR_ptrace && call->args[0] == SET_DISPATCH)
        return -EPERM;
    if (!begins(call) || pid == SYS0(__NR_getpid))
        return call->act ? core_as_it_is(call) : 0;
    long error = ask(call, (int)pid, 0);
    return error || !call->act ? error : core_as_it_is(call);
}

long core_steal(struct core_call *call) {
    long pid = pid_of((int)call->args[0]);
    if (pid == SYS0(__NR_getpid))
        return call->act ? core_as_it_is(call) : 0;
    long error = ask(call, (int)pid, 0);
    return error || !call->act ? error : core_as_it_is(call);
}
