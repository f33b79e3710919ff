#include "session/session.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

/*
 * By the kernel's own interface: libc keeps two signals for itself, and posix_spawn, by which we were
 * started, leaves those two ignored.
 */
static void restore_signals(const struct session_options *options)
{
    for (int signal = 1; signal <= 64; signal++) {
        struct {
            uintptr_t handler;
            unsigned long flags, restorer;
            uint64_t mask;
        } action = {.handler = options->ignored >> (signal - 1) & 1 ? (uintptr_t)SIG_IGN : (uintptr_t)SIG_DFL};
        syscall(SYS_rt_sigaction, signal, &action, NULL, sizeof action.mask);
    }
    syscall(SYS_rt_sigprocmask, SIG_SETMASK, &options->blocked, NULL, sizeof options->blocked);
}

/* A group of its own in the foreground, so that the keys of the terminal reach it and all of it. */
static void take_foreground(void)
{
    if (setpgid(0, 0) != 0 || tcsetpgrp(STDIN_FILENO, getpid()) != 0) {
        session_complain("cannot take the foreground of the terminal", errno);
        _exit(SESSION_FAILED);
    }
}

static void tell_failure(int fd, int error)
{
    char line[32];
    int length = snprintf(line, sizeof line, "exec %d\n", error);
    if (fd >= 0 && write(fd, line, (size_t)length) != length)
        session_complain("cannot report to the launcher", errno);
}

/* All signals are blocked until just before the program runs. */
_Noreturn static void become_program(const struct session_options *options)
{
    int kept[SESSION_KEPT_MAX + 1];
    int count = 0;
    for (int i = 0; i < options->kept_count; i++)
        kept[count++] = options->kept[i];
    if (options->ready_fd >= 0)
        kept[count++] = options->ready_fd;
    session_close_others(kept, count);

    if (options->terminal)
        take_foreground();
    if (options->restore_nofile && setrlimit(RLIMIT_NOFILE, &options->nofile) != 0) {
        session_complain("cannot restore the limit of open files", errno);
        _exit(SESSION_FAILED);
    }
    session_lay_floor(options);
    restore_signals(options);
    if (options->gate)
        session_ask_for(options);
    else
        execvp(options->command[0], options->command);
    int error = errno;
    session_complain(options->command[0], error);
    tell_failure(options->ready_fd, error);
    _exit(error == ENOENT ? SESSION_NOT_FOUND : SESSION_NOT_EXECUTABLE);
}

pid_t session_start(const struct session_options *options)
{
    pid_t program = fork();
    if (program == 0)
        become_program(options);
    if (program < 0) {
        session_complain("cannot start a process", errno);
        exit(SESSION_FAILED);
    }
    if (options->terminal)
        setpgid(program, program);
    return program;
}
