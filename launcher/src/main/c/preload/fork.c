/* Every new process is reported by its parent before the call returns to the program. */
#include "preload.h"

#include <pty.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>
#include <utmp.h>

#include "../dispatch/dispatch.h"

static pid_t report(pid_t child) {
    if (child > 0)
        aegis_forked(child);
    else if (child == 0)
        aegis_dispatch_arm_forked();
    return child;
}

EXPORT pid_t fork(void) {
    aegis_ready();
    return report(aegis_real.fork());
}

/* Without the handlers of pthread_atfork; where libc has none, as libc's own fallback would. */
EXPORT pid_t _Fork(void) {
    aegis_ready();
    if (aegis_real._Fork)
        return report(aegis_real._Fork());
    return report((pid_t)aegis_result(SYS5(SYS_clone, SIGCHLD, 0, 0, 0, 0)));
}

struct beginning {
    int (*run)(void *);
    void *argument;
    int flags;
};

static int begin(void *data) {
    struct beginning beginning = *(struct beginning *)data;
    if (beginning.flags & CLONE_VM)
        aegis_dispatch_arm();
    else
        aegis_dispatch_arm_forked();
    return beginning.run(beginning.argument);
}

/* The child starts in run on its own stack and never sees this frame; what it needs first lies on that stack. */
EXPORT int clone(int (*run)(void *), void *stack, int flags, void *argument, ...) {
    aegis_ready();
    va_list more;
    va_start(more, argument);
    void *parent_id = va_arg(more, void *), *tls = va_arg(more, void *), *child_id = va_arg(more, void *);
    va_end(more);
    if (aegis_dispatch_on && stack && run) {
        struct beginning *beginning = (struct beginning *)(((uintptr_t)stack - sizeof *beginning) & ~(uintptr_t)15);
        *beginning = (struct beginning){run, argument, flags};
        stack = argument = beginning;
        run = begin;
    }
    int child = aegis_real.clone(run, stack, flags, argument, parent_id, tls, child_id);
    return flags & CLONE_THREAD ? child : report(child);
}

EXPORT int forkpty(int *master, char *name, const struct termios *settings, const struct winsize *size) {
    aegis_ready();
    int own, terminal;
    if (aegis_real.openpty(&own, &terminal, name, settings, size) < 0)
        return -1;
    pid_t child = fork();
    if (child < 0) {
        int error = errno;
        SYS1(SYS_close, own);
        SYS1(SYS_close, terminal);
        errno = error;
        return -1;
    }
    if (child == 0) {
        SYS1(SYS_close, own);
        if (aegis_real.login_tty(terminal))
            _exit(1);
        return 0;
    }
    *master = own;
    SYS1(SYS_close, terminal);
    return child;
}

static int quieten(void) {
    struct stat status;
    int fd = (int)SYS4(SYS_openat, AT_FDCWD, "/dev/null", O_RDWR, 0);
    if (fd < 0)
        return fd;
    if (SYS2(SYS_fstat, fd, &status) != 0 || !S_ISCHR(status.st_mode) || status.st_rdev != makedev(1, 3)) {
        SYS1(SYS_close, fd);
        return -ENODEV;
    }
    for (int standard = 0; standard <= 2; standard++)
        if (standard != fd)
            SYS3(SYS_dup3, fd, standard, 0);
    if (fd > 2)
        SYS1(SYS_close, fd);
    return 0;
}

EXPORT int daemon(int keep_directory, int keep_descriptors) {
    pid_t child = fork();
    if (child < 0)
        return -1;
    if (child > 0)
        _exit(0);
    if (setsid() < 0)
        return -1;
    if (!keep_directory)
        SYS1(SYS_chdir, "/");
    return keep_descriptors ? 0 : (int)aegis_result(quieten());
}

ANOTHER_NAME(__fork, fork);
ANOTHER_NAME(__libc_fork, fork);
ANOTHER_NAME(__clone, clone);
