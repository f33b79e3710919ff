#include "session/session.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <unistd.h>

/* Block everything that can be and receive it through a descriptor instead. */
static int take_signals(void)
{
    sigset_t all;
    sigfillset(&all);
    for (int fault = 0; fault < 4; fault++)
        sigdelset(&all, (int[]){SIGSEGV, SIGBUS, SIGFPE, SIGILL}[fault]);
    sigprocmask(SIG_SETMASK, &all, NULL);
    int fd = signalfd(-1, &all, SFD_CLOEXEC | SFD_NONBLOCK);
    if (fd < 0) {
        session_complain("cannot receive signals", 0);
        exit(SESSION_FAILED);
    }
    return fd;
}

/*
 * Hold nothing that the program holds, or a reader at the other end of its pipe would never see the
 * end. The terminal stays open: a terminal without any holder looks like the end to the launcher.
 */
static void let_go(const struct session_options *options)
{
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    if (null < 0)
        return;
    for (int fd = options->terminal ? 1 : 0; fd <= 2; fd++)
        dup2(null, fd);
}

int main(int argc, char **argv)
{
    (void)argc;
    struct session_options options;
    session_options_read(&options, argv);

    /* The signal on the death of the launcher is one that wakes us even when we are stopped. */
    pid_t launcher = getppid();
    prctl(PR_SET_PDEATHSIG, SIGCONT);
    prctl(PR_SET_DUMPABLE, 0);

    session_prepare(&options);
    int signals = take_signals();
    pid_t program = session_start(&options);
    let_go(&options);
    session_close_others(&signals, 1);

    int status = session_watch(&options, program, launcher, signals);
    if (options.end_leftover)
        session_end_descendants(signals);
    session_finish(status);
}
