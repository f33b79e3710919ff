#include "session/session.h"

#include <poll.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { GRACE_MS = 2000, LOOK_AGAIN_MS = 100 };

static long long now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

/* Reap what ended; false when no child is left. As a subreaper, without a child is without a descendant. */
static bool children_left(void)
{
    pid_t pid;
    while ((pid = waitpid(-1, NULL, WNOHANG)) > 0)
        ;
    return pid == 0;
}

/* Wait until all are gone or the grace is over; true when they are gone. */
static bool gone_within(int signals, long long grace)
{
    long long deadline = now_ms() + grace;
    for (;;) {
        struct signalfd_siginfo signal;
        while (read(signals, &signal, sizeof signal) == sizeof signal)
            ;
        if (!children_left())
            return true;
        long long left = deadline - now_ms();
        if (left <= 0)
            return false;
        struct pollfd waiting = {.fd = signals, .events = POLLIN};
        poll(&waiting, 1, (int)left);
    }
}

void session_end_descendants(int signals)
{
    static const int polite[] = {SIGHUP, SIGTERM};
    for (size_t i = 0; i < sizeof polite / sizeof *polite; i++) {
        if (!children_left())
            return;
        session_signal_descendants(polite[i]);
        session_signal_descendants(SIGCONT);
        if (gone_within(signals, GRACE_MS))
            return;
    }
    /* A process may be forking while we look: kill until none is left. */
    do
        session_signal_descendants(SIGKILL);
    while (!gone_within(signals, LOOK_AGAIN_MS));
}

_Noreturn void session_finish(int status)
{
    if (!WIFSIGNALED(status))
        _exit(WEXITSTATUS(status));
    int signal = WTERMSIG(status);
    struct rlimit none = {0, 0};
    setrlimit(RLIMIT_CORE, &none);
    struct sigaction action = {.sa_handler = SIG_DFL};
    sigaction(signal, &action, NULL);
    sigset_t all;
    sigemptyset(&all);
    kill(getpid(), signal);
    sigprocmask(SIG_SETMASK, &all, NULL);
    _exit(128 + signal);
}
