#include "session/session.h"

#include <errno.h>
#include <poll.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

struct watch {
    const struct session_options *options;
    pid_t program;
    pid_t launcher;
    int signals;
    bool continued;     /* SIGCONT came in this round, so a stop seen in it is over */
    bool stopped;       /* we stopped ourselves because the program is stopped */
    bool launcher_gone;
    bool ended;         /* the program was reaped: its number may be another's */
    int status;         /* of its end */
};

/* In a terminal all of the program's group was stopped with it; else the group is the launcher's own. */
static void continue_program(struct watch *w)
{
    kill(w->options->terminal ? -w->program : w->program, SIGCONT);
}

/*
 * Without a terminal of ours, program and starter share the launcher's process group, and what is sent
 * to the group reached the program already: only what the launcher itself sends is passed on.
 */
static bool passes_on(const struct watch *w, const struct signalfd_siginfo *signal)
{
    if (w->ended || signal->ssi_code == SI_KERNEL)
        return false;
    return w->options->terminal || (pid_t)signal->ssi_pid == w->launcher;
}

/* Only the launcher holds the other side of our terminal: when that is gone, so is the launcher. */
static bool tells_of_death(const struct watch *w, const struct signalfd_siginfo *signal)
{
    return signal->ssi_signo == SIGHUP && signal->ssi_code == SI_KERNEL && w->options->terminal;
}

static void handle(struct watch *w, const struct signalfd_siginfo *signal)
{
    switch (signal->ssi_signo) {
    case SIGCHLD:
        break;
    case SIGCONT:
        w->continued = true;
        if (w->stopped) {
            w->stopped = false;
            continue_program(w);
        }
        break;
    default:
        if (tells_of_death(w, signal))
            w->launcher_gone = true;
        else if (passes_on(w, signal))
            kill(w->program, (int)signal->ssi_signo);
    }
}

static void drain(struct watch *w)
{
    struct signalfd_siginfo signal;
    while (read(w->signals, &signal, sizeof signal) == sizeof signal)
        handle(w, &signal);
}

/* Show the stop to the launcher, which gives the terminal back and continues us when it is continued. */
static void relay_stop(struct watch *w)
{
    drain(w);
    if (w->continued) {
        continue_program(w);
        return;
    }
    w->stopped = true;
    kill(getpid(), SIGSTOP);
}

/* Reap whatever ended; true when the program was among it. */
static bool reap(struct watch *w)
{
    bool halted = false;
    int one;
    pid_t pid;
    while ((pid = waitpid(-1, &one, WNOHANG | WUNTRACED)) > 0) {
        if (pid != w->program)
            continue;
        halted = WIFSTOPPED(one);
        if (!halted) {
            w->status = one;
            w->ended = true;
        }
    }
    if (!w->ended && halted)
        relay_stop(w);
    return w->ended;
}

static void notice_launcher(struct watch *w)
{
    w->launcher_gone = w->launcher_gone || getppid() != w->launcher;
    if (w->launcher_gone && w->options->end_with_launcher) {
        session_end_descendants(w->signals);
        session_finish(SIGHUP); /* the wait status of a death by it */
    }
}

int session_watch(const struct session_options *options, pid_t program, pid_t launcher, int signals)
{
    struct watch w = {.options = options, .program = program, .launcher = launcher, .signals = signals};
    for (;;) {
        w.continued = false;
        drain(&w);
        notice_launcher(&w);
        if (reap(&w)) {
            /* A launcher's death takes the terminal away first, and with it the program. */
            drain(&w);
            notice_launcher(&w);
            return w.status;
        }
        struct pollfd waiting = {.fd = signals, .events = POLLIN};
        poll(&waiting, 1, -1);
    }
}
