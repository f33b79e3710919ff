/* system(), on a spawn that is judged, with the signals as POSIX has them. */
#include "preload.h"

#include "shell.h"
#include "spawn.h"

#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define EXIT_STATUS(code) ((code) << 8)

void aegis_shell_command(char *vector[AEGIS_SHELL_ARGUMENTS], const char *command) {
    /* glibc puts -- before the command since 2.38. */
    const char *version = aegis_real.gnu_get_libc_version ? aegis_real.gnu_get_libc_version() : "1.0";
    const char *minor = strchr(version, '.');
    int used = 0;
    vector[used++] = (char *)"sh";
    vector[used++] = (char *)"-c";
    if (version[0] == '2' && minor && atoi(minor + 1) >= 38)
        vector[used++] = (char *)"--";
    vector[used++] = (char *)command;
    vector[used] = NULL;
}

/*
 * Several threads may be in system() at once: the first one in saves what INT and QUIT did, the last
 * one out restores it. The guard holds the pid of its owner, so that one held at a fork by a thread
 * that the child does not have is free there.
 */
static int guard;
static int inside;
static struct sigaction saved_interrupt, saved_quit;

static void enter_guard(void) {
    int own = (int)SYS0(SYS_getpid);
    for (;;) {
        int owner = __atomic_load_n(&guard, __ATOMIC_RELAXED);
        if (owner != own && __atomic_compare_exchange_n(&guard, &owner, own, 0, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED))
            return;
        SYS0(SYS_sched_yield);
    }
}

static void leave_guard(void) {
    __atomic_store_n(&guard, 0, __ATOMIC_RELEASE);
}

struct running {
    pid_t child;
    sigset_t mask;
};

static void quieten(struct running *running, sigset_t *to_default) {
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    sigset_t child;
    enter_guard();
    if (inside++ == 0) {
        sigaction(SIGINT, &ignore, &saved_interrupt);
        sigaction(SIGQUIT, &ignore, &saved_quit);
    }
    sigemptyset(to_default);
    if (saved_interrupt.sa_handler != SIG_IGN)
        sigaddset(to_default, SIGINT);
    if (saved_quit.sa_handler != SIG_IGN)
        sigaddset(to_default, SIGQUIT);
    leave_guard();
    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    sigprocmask(SIG_BLOCK, &child, &running->mask);
}

static void restore(struct running *running) {
    enter_guard();
    if (--inside == 0) {
        sigaction(SIGINT, &saved_interrupt, NULL);
        sigaction(SIGQUIT, &saved_quit, NULL);
    }
    leave_guard();
    sigprocmask(SIG_SETMASK, &running->mask, NULL);
}

/* The thread is cancelled while the command runs: end it, as libc does. */
static void cancelled(void *argument) {
    struct running *running = argument;
    SYS2(SYS_kill, running->child, SIGKILL);
    int old;
    aegis_real.pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &old);
    waitpid(running->child, NULL, 0);
    aegis_real.pthread_setcancelstate(old, NULL);
    restore(running);
}

static int wait_for(struct running *running) {
    int status;
    pid_t waited;
    uint64_t cleanup[8]; /* a struct _pthread_cleanup_buffer of either libc */
    int guarded = aegis_real._pthread_cleanup_push && aegis_real._pthread_cleanup_pop;
    if (guarded)
        aegis_real._pthread_cleanup_push(cleanup, cancelled, running);
    do
        waited = waitpid(running->child, &status, 0);
    while (waited < 0 && errno == EINTR);
    if (guarded)
        aegis_real._pthread_cleanup_pop(cleanup, 0);
    return waited == running->child ? status : -1;
}

static int run(const char *command) {
    struct running running;
    sigset_t to_default;
    quieten(&running, &to_default);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setsigmask(&attributes, &running.mask);
    posix_spawnattr_setsigdefault(&attributes, &to_default);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
    char *vector[AEGIS_SHELL_ARGUMENTS];
    aegis_shell_command(vector, command);
    int error = aegis_spawn_program(&running.child, AEGIS_SHELL, NULL, &attributes, vector, environ, 0);
    posix_spawnattr_destroy(&attributes);
    int status = error ? EXIT_STATUS(127) : wait_for(&running);
    int failure = errno;
    restore(&running);
    errno = error ? error : failure;
    return status;
}

/* Without a command: is there a shell? */
EXPORT int system(const char *command) {
    aegis_ready();
    return command ? run(command) : run("exit 0") == 0;
}

ANOTHER_NAME(__libc_system, system);
