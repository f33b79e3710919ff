/* Signals in the midst of calls: handlers see what they would see, and find the way back or leave. */
#include "guest.h"

#include <errno.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>

static volatile sig_atomic_t count;
static sigjmp_buf away;

static void counting(int number)
{
    (void)number;
    int error = errno;
    count++;
    getppid();
    errno = error;
}

static void tick(long microseconds)
{
    struct itimerval timer = {.it_interval.tv_usec = microseconds, .it_value.tv_usec = microseconds};
    setitimer(ITIMER_REAL, &timer, NULL);
}

static void install(int number, void (*handler)(int), int flags)
{
    struct sigaction action = {.sa_handler = handler, .sa_flags = flags};
    sigfillset(&action.sa_mask);
    MUST(!sigaction(number, &action, NULL));
}

/* One a millisecond, over plain calls and calls that are asked about. */
int guest_signals(int argc, char **argv)
{
    install(SIGALRM, counting, SA_RESTART);
    tick(1000);
    while (count < 300) {
        MUST(getppid() > 0);
        if (argc)
            MUST(unlink(argv[0]) == -1 && (errno == EPERM || errno == ENOENT));
    }
    tick(0);
    struct sigaction old;
    MUST(!sigaction(SIGALRM, NULL, &old) && old.sa_handler == counting);
    puts("signals");
    return 0;
}

static void leaving(int number)
{
    siglongjmp(away, number);
}

int guest_longjmp(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    install(SIGALRM, leaving, 0);
    for (volatile int i = 0; i < 50; i++) {
        if (!sigsetjmp(away, 1)) {
            tick(2000);
            for (;;)
                pause();
        }
        tick(0);
        MUST(getppid() > 0);
    }
    puts("longjmp");
    return 0;
}

static char *alternate;
static volatile int was_there;

static void on_alternate(int number)
{
    char here;
    (void)number;
    was_there = &here >= alternate && &here < alternate + 65536;
    getppid();
}

static int overflow(int depth)
{
    volatile char room[4096];
    room[0] = (char)depth;
    return depth ? overflow(depth + 1) + room[0] : 0;
}

int guest_altstack(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    alternate = mmap(NULL, 65536, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    stack_t stack = {.ss_sp = alternate, .ss_size = 65536}, old;
    MUST(!sigaltstack(&stack, NULL) && !sigaltstack(NULL, &old) && old.ss_sp == alternate);
    install(SIGUSR1, on_alternate, SA_ONSTACK);
    for (int i = 0; i < 20; i++) {
        was_there = 0;
        raise(SIGUSR1);
        MUST(was_there);
    }
    install(SIGSEGV, leaving, SA_ONSTACK);
    if (!sigsetjmp(away, 1))
        overflow(1);
    MUST(getppid() > 0);
    puts("altstack");
    return 0;
}

static int deny_expected;
static const char *tiny_name;

static void *on_tiny(void *unused)
{
    char own[16384];
    stack_t stack = {.ss_sp = own, .ss_size = sizeof own};
    (void)stack;
    for (int i = 0; i < 100; i++)
        MUST(getppid() > 0);
    if (deny_expected)
        MUST(unlink(tiny_name) == -1 && (errno == EPERM || errno == ENOENT));
    return unused;
}

/* The least that pthread takes. */
int guest_tiny(int argc, char **argv)
{
    pthread_attr_t attributes;
    pthread_t threads[8];
    deny_expected = argc == 1;
    tiny_name = argc ? argv[0] : NULL;
    pthread_attr_init(&attributes);
    MUST(!pthread_attr_setstacksize(&attributes, 16384 + 16384));
    for (int i = 0; i < 8; i++)
        MUST(!pthread_create(&threads[i], &attributes, on_tiny, NULL));
    for (int i = 0; i < 8; i++)
        MUST(!pthread_join(threads[i], NULL));
    puts("tiny");
    return 0;
}

/* A call that sleeps with everything blocked, SIGSYS too, and a handler that makes calls meanwhile. */
int guest_masks(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    sigset_t all, got;
    sigfillset(&all);
    MUST(!sigprocmask(SIG_SETMASK, &all, NULL));
    MUST(getppid() > 0);
    MUST(!sigprocmask(SIG_SETMASK, NULL, &got) && sigismember(&got, SIGTERM) == 1);
    install(SIGALRM, counting, 0);
    sigset_t but_alarm = all;
    sigdelset(&but_alarm, SIGALRM);
    tick(5000);
    for (int i = 0; i < 5; i++)
        MUST(sigsuspend(&but_alarm) == -1 && errno == EINTR);
    struct timespec second = {1, 0};
    MUST(pselect(0, NULL, NULL, NULL, &second, &but_alarm) == -1 && errno == EINTR);
    tick(0);
    MUST(count >= 6);
    pid_t child = fork();
    if (!child)
        _exit(getppid() > 0 ? 0 : 1);
    int status;
    MUST(waitpid(child, &status, 0) == child && !status);
    puts("masks");
    return 0;
}

static volatile uintptr_t seen_stack, seen_code;

static void looking(int number, siginfo_t *info, void *context)
{
    (void)number;
    (void)info;
    seen_stack = (uintptr_t)((ucontext_t *)context)->uc_mcontext.gregs[REG_RSP];
    seen_code = (uintptr_t)((ucontext_t *)context)->uc_mcontext.gregs[REG_RIP];
}

/* What a handler sees of an interrupted call is the program's own: stack, and the instruction or the one after. */
int guest_hidden(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    char here;
    struct sigaction action = {.sa_sigaction = looking, .sa_flags = SA_SIGINFO};
    MUST(!sigaction(SIGALRM, &action, NULL));
    tick(5000);
    pause();
    tick(0);
    MUST(seen_stack > (uintptr_t)&here - 65536 && seen_stack < (uintptr_t)&here + 65536);
    const uint8_t *code = (const uint8_t *)seen_code;
    MUST((code[0] == 0x0f && code[1] == 0x05) || (code[-2] == 0x0f && code[-1] == 0x05));
    puts("hidden");
    return 0;
}
