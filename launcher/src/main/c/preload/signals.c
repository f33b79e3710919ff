/*
 * Signals, while the trap is armed: SIGSYS is never blocked, waited for or taken over, and handlers are entered by way of
 * the trap, which shows them the program's own registers. Otherwise these are libc's functions.
 */
#include "preload.h"

#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/signalfd.h>

#include "../dispatch/dispatch.h"

#define MASK_BIT (1 << (SIGSYS - 1))

/* The set without SIGSYS, in room when it had it. */
static const sigset_t *without(const sigset_t *set, sigset_t *room) {
    if (!aegis_dispatch_on || !set || !sigismember(set, SIGSYS))
        return set;
    *room = *set;
    sigdelset(room, SIGSYS);
    return room;
}

/* The guest's action for SIGSYS: kept apart, reached by foreign ones alone. */
static int own_sigsys(const struct sigaction *action, struct sigaction *old) {
    struct aegis_kernel_action ours = {0}, before;
    if (action) {
        ours.handler = (void *)action->sa_handler;
        ours.flags = (unsigned long)action->sa_flags;
        memcpy(&ours.mask, &action->sa_mask, sizeof ours.mask);
    }
    aegis_signal_own_sigsys(action ? &ours : NULL, &before);
    if (old) {
        memset(old, 0, sizeof *old);
        old->sa_handler = (aegis_handler *)before.handler;
        old->sa_flags = (int)before.flags;
        memcpy(&old->sa_mask, &before.mask, sizeof before.mask);
    }
    return 0;
}

EXPORT int sigaction(int number, const struct sigaction *action, struct sigaction *old) {
    aegis_ready();
    if (!aegis_dispatch_on)
        return aegis_real.sigaction(number, action, old);
    if (number == SIGSYS)
        return own_sigsys(action, old);
    void *before;
    struct sigaction ours;
    void *entry = aegis_signal_entry(number, action ? (void *)action->sa_handler : NULL, &before);
    if (action) {
        ours = *action;
        ours.sa_handler = (aegis_handler *)entry;
        sigdelset(&ours.sa_mask, SIGSYS);
    }
    int result = aegis_real.sigaction(number, action ? &ours : NULL, old);
    if (result == 0 && old)
        old->sa_handler = (aegis_handler *)aegis_signal_shown((void *)old->sa_handler, before);
    return result;
}

typedef aegis_handler *setter(int number, aegis_handler *handler);

static aegis_handler *set_handler(setter *real, int number, aegis_handler *handler) {
    if (!aegis_dispatch_on)
        return real(number, handler);
    if (number == SIGSYS) {
        struct sigaction action, old;
        memset(&action, 0, sizeof action);
        action.sa_handler = handler;
        own_sigsys(&action, &old);
        return old.sa_handler;
    }
    void *before;
    void *entry = aegis_signal_entry(number, (void *)handler, &before);
    return (aegis_handler *)aegis_signal_shown((void *)real(number, (aegis_handler *)entry), before);
}

#define SETTER(name, real) \
    EXPORT aegis_handler *name(int number, aegis_handler *handler) { \
        aegis_ready(); \
        return set_handler(aegis_real.real, number, handler); \
    }

EXPORT aegis_handler *sysv_signal(int number, aegis_handler *handler);
SETTER(signal, signal)
SETTER(sysv_signal, __sysv_signal)
SETTER(sigset, sigset)

EXPORT int sighold(int number) {
    aegis_ready();
    return aegis_dispatch_on && number == SIGSYS ? 0 : aegis_real.sighold(number);
}

EXPORT int sigignore(int number) {
    aegis_ready();
    if (!aegis_dispatch_on || number != SIGSYS)
        return aegis_real.sigignore(number);
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = SIG_IGN;
    return own_sigsys(&action, NULL);
}

/* The header gives this name to another function, which takes a signal instead of a mask. */
EXPORT int aegis_sigpause(int mask) __asm__("sigpause");
EXPORT int aegis_sigpause(int mask) {
    aegis_ready();
    return aegis_real.sigpause(aegis_dispatch_on ? mask & ~MASK_BIT : mask);
}

EXPORT int __sigpause(int number_or_mask, int is_number);
EXPORT int __sigpause(int number_or_mask, int is_number) {
    aegis_ready();
    return aegis_real.__sigpause(aegis_dispatch_on && !is_number ? number_or_mask & ~MASK_BIT : number_or_mask, is_number);
}

/* A wrapper whose argument set loses SIGSYS. */
#define STRIPPED(type, name, parameters, ...) \
    EXPORT type name parameters; \
    type name parameters { \
        aegis_ready(); \
        sigset_t room; \
        return aegis_real.name(__VA_ARGS__); \
    }

#define SET without(set, &room)
STRIPPED(int, sigprocmask, (int how, const sigset_t *set, sigset_t *old), how, SET, old)
STRIPPED(int, pthread_sigmask, (int how, const sigset_t *set, sigset_t *old), how, SET, old)
STRIPPED(int, sigsuspend, (const sigset_t *set), SET)
STRIPPED(int, sigwait, (const sigset_t *set, int *number), SET, number)
STRIPPED(int, sigwaitinfo, (const sigset_t *set, siginfo_t *info), SET, info)
STRIPPED(int, sigtimedwait, (const sigset_t *set, siginfo_t *info, const struct timespec *time), SET, info, time)
STRIPPED(int, signalfd, (int fd, const sigset_t *set, int flags), fd, SET, flags)
STRIPPED(int, ppoll, (struct pollfd *fds, nfds_t count, const struct timespec *time, const sigset_t *set), fds, count,
         time, SET)
STRIPPED(int, __ppoll_chk, (struct pollfd *fds, nfds_t count, const struct timespec *time, const sigset_t *set, size_t size),
         fds, count, time, SET, size)
STRIPPED(int, pselect, (int count, fd_set *in, fd_set *out, fd_set *failed, const struct timespec *time,
         const sigset_t *set), count, in, out, failed, time, SET)
STRIPPED(int, epoll_pwait, (int epoll, struct epoll_event *events, int most, int time, const sigset_t *set), epoll, events,
         most, time, SET)
STRIPPED(int, epoll_pwait2, (int epoll, struct epoll_event *events, int most, const struct timespec *time,
         const sigset_t *set), epoll, events, most, time, SET)

EXPORT int sigblock(int mask) {
    aegis_ready();
    return aegis_real.sigblock(aegis_dispatch_on ? mask & ~MASK_BIT : mask);
}

EXPORT int sigsetmask(int mask) {
    aegis_ready();
    return aegis_real.sigsetmask(aegis_dispatch_on ? mask & ~MASK_BIT : mask);
}

ANOTHER_NAME(__sigaction, sigaction);
ANOTHER_NAME(__libc_sigaction, sigaction);
ANOTHER_NAME(__sigtimedwait, sigtimedwait);
ANOTHER_NAME(bsd_signal, signal);
ANOTHER_NAME(ssignal, signal);
ANOTHER_NAME(__sysv_signal, sysv_signal);
ANOTHER_NAME(__sigsuspend, sigsuspend);
