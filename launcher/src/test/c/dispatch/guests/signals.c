/* Signals and the trap: what handlers see, what they may do, and what is never blocked. */
#include "raw.h"

#include <poll.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/select.h>
#include <sys/signalfd.h>
#include <sys/time.h>
#include <ucontext.h>

static int is_judged(const char *path) {
    make(path);
    return RAW(SYS_unlink, "signal-victim") == -EPERM && RAW(SYS_unlink, path) == 0;
}

/* ---- a signal every millisecond, with raw calls in the handler ---- */

static volatile sig_atomic_t ticks, bad_ticks;

static void on_tick(int number) {
    (void)number;
    int before = errno;
    ticks++;
    bad_ticks += RAW(SYS_getppid, 0) != getppid();
    if (ticks % 8 == 0)
        bad_ticks += RAW(SYS_unlink, "signal-victim") != -EPERM;
    errno = before;
}

static void tick(int microseconds) {
    struct itimerval every = {{0, microseconds}, {0, microseconds}};
    setitimer(ITIMER_REAL, &every, NULL);
}

static void every_millisecond(void) {
    struct sigaction action = {.sa_handler = on_tick, .sa_flags = SA_RESTART};
    sigaction(SIGALRM, &action, NULL);
    tick(1000);
    int good = 0;
    for (int i = 0; i < 300; i++)
        good += is_judged("between-ticks");
    tick(0);
    EXPECT(good == 300, "%d of 300", good);
    EXPECT(ticks > 10 && !bad_ticks, "%d ticks, %d bad", ticks, bad_ticks);
}

/* ---- longjmp out of a handler, again and again ---- */

static sigjmp_buf back;
static volatile int jumped;

static void on_jump(int number) {
    (void)number;
    jumped++;
    siglongjmp(back, 1);
}

static void jump_out(int flags) {
    struct sigaction action = {.sa_handler = on_jump, .sa_flags = flags};
    sigaction(SIGALRM, &action, NULL);
    jumped = 0;
    volatile int rounds = 0;
    sigsetjmp(back, 1);
    tick(700);
    while (jumped < 400) {
        rounds++;
        RAW(SYS_unlink, "signal-victim");
    }
    tick(0);
    EXPECT(rounds > 0, "rounds");
    EXPECT(is_judged("after-jumps"), "after %d jumps", jumped);
}

/* ---- what a handler sees of a call that it interrupts ---- */

static volatile unsigned long seen_ip, seen_sp, seen_r12;
static volatile int seen;

static void on_look(int number, siginfo_t *info, void *data) {
    (void)number, (void)info;
    const greg_t *at = ((ucontext_t *)data)->uc_mcontext.gregs;
    seen_ip = (unsigned long)at[REG_RIP];
    seen_sp = (unsigned long)at[REG_RSP];
    seen_r12 = (unsigned long)at[REG_R12];
    seen = 1;
}

extern const char here_before[], here_after[];

/* A call with a mark in r12, whose instruction stands between here_before and here_after. */
__attribute__((noinline, noclone)) static long marked(long nr, long a, long b, long c) {
    long result;
    __asm__ volatile("mov $0x5eed, %%r12d\n xor %%r10d, %%r10d\n xor %%r8d, %%r8d\n"
                     ".globl here_before\nhere_before: syscall\n.globl here_after\nhere_after:\n"
                     : "=a"(result)
                     : "a"(nr), "D"(a), "S"(b), "d"(c)
                     : "r12", "r10", "r8", "rcx", "r11", "memory");
    return result;
}

static pthread_t main_thread;
static int pipe_of[2];

/* Wait until the main thread waits in its call (for the daemon, when it is held), then signal it. */
static void *interrupt(void *release) {
    char path[64];
    long call = -1, wanted = release ? SYS_recvfrom : SYS_read;
    snprintf(path, sizeof path, "/proc/self/task/%d/syscall", (int)getpid());
    while (call != wanted) {
        FILE *file = fopen(path, "r");
        if (fscanf(file, "%ld", &call) != 1)
            call = -1; /* running */
        fclose(file);
        usleep(500);
    }
    pthread_kill(main_thread, SIGUSR1);
    while (!seen)
        usleep(1000);
    if (release)
        tell_daemon("release");
    else if (write(pipe_of[1], "x", 1) != 1)
        EXPECT(0, "write");
    return NULL;
}

static void looked(const char *what) {
    char own;
    EXPECT(seen_ip == (unsigned long)here_before || seen_ip == (unsigned long)here_after, "%s: ip %lx", what, seen_ip);
    EXPECT(seen_r12 == 0x5eed, "%s: r12 %lx", what, seen_r12);
    EXPECT(labs((long)(seen_sp - (unsigned long)&own)) < 65536, "%s: sp %lx, not near %p", what, seen_sp, (void *)&own);
}

static void registers(int flags, const char *what) {
    pthread_t other;
    char byte;
    struct sigaction action = {.sa_sigaction = on_look, .sa_flags = SA_SIGINFO | SA_RESTART | flags}, now;
    sigaction(SIGUSR1, &action, NULL);
    sigaction(SIGUSR1, NULL, &now);
    EXPECT(now.sa_sigaction == on_look, "%s: the handler that is shown", what);
    seen = 0;
    pthread_create(&other, NULL, interrupt, NULL);
    EXPECT(marked(SYS_read, pipe_of[0], (long)&byte, 1) == 1, "%s: read goes on after the signal", what);
    pthread_join(other, NULL);
    looked(what);
    make("held");
    seen = 0;
    pthread_create(&other, NULL, interrupt, "release");
    EXPECT(marked(SYS_unlink, (long)"held", 0, 0) == 0 && !is_there("held"), "%s: a held call is carried out", what);
    pthread_join(other, NULL);
    looked(what);
    seen = 0;
    action.sa_flags &= ~SA_RESTART;
    sigaction(SIGUSR1, &action, NULL);
    pthread_create(&other, NULL, interrupt, NULL);
    EXPECT(marked(SYS_read, pipe_of[0], (long)&byte, 1) == -EINTR, "%s: read ends by the signal", what);
    pthread_join(other, NULL);
    EXPECT(marked(SYS_read, pipe_of[0], (long)&byte, 1) == 1, "%s: and then reads", what);
}

/* ---- SIGSYS is never blocked, and has a handler of the program's own ---- */

static volatile int own_sigsys;

static void on_sigsys(int number) {
    own_sigsys += number == SIGSYS;
}

static void on_quick(int number) {
    (void)number;
    EXPECT(RAW(SYS_unlink, "signal-victim") == -EPERM, "in a handler of a masked sleep");
}

static void masks(void) {
    sigset_t all, old;
    unsigned long word = ~0UL, before = 0;
    struct timespec soon = {0, 20000000};
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, &old);
    EXPECT(!(status_of("SigBlk:") & SIGSYS_BIT), "sigprocmask");
    EXPECT(is_judged("masked"), "with all blocked");
    EXPECT(RAW(SYS_rt_sigprocmask, SIG_SETMASK, &word, &before, 8) == 0, "raw sigprocmask");
    EXPECT(!(status_of("SigBlk:") & SIGSYS_BIT) && status_of("SigBlk:") & 1UL << (SIGUSR2 - 1), "raw sigprocmask: %lx", status_of("SigBlk:"));
    EXPECT(is_judged("masked"), "with all blocked, raw");
    EXPECT(RAW(SYS_ppoll, NULL, 0, &soon, &word, 8) == 0, "raw ppoll");
    sigprocmask(SIG_SETMASK, &old, NULL);
    EXPECT(status_of("SigBlk:") == (*(unsigned long *)&old & ~SIGSYS_BIT), "restored");

    struct sigaction action = {.sa_handler = on_quick};
    sigfillset(&action.sa_mask);
    sigaction(SIGALRM, &action, NULL);
    sigdelset(&all, SIGALRM);
    word &= ~(1UL << (SIGALRM - 1));
    struct { unsigned long *set, size; } pointed = {&word, 8};
    struct epoll_event event;
    int epoll = epoll_create1(0);
#define SLEEP(call) \
    tick(20000); \
    errno = 0; \
    EXPECT((call) < 0, "%s", #call); \
    tick(0);
    sigprocmask(SIG_BLOCK, &action.sa_mask, &old);
    SLEEP(sigsuspend(&all))
    SLEEP(ppoll(NULL, 0, NULL, &all))
    SLEEP(pselect(0, NULL, NULL, NULL, NULL, &all))
    SLEEP(epoll_pwait(epoll, &event, 1, -1, &all))
    SLEEP(RAW(SYS_rt_sigsuspend, &word, 8))
    SLEEP(RAW(SYS_ppoll, NULL, 0, NULL, &word, 8))
    SLEEP(RAW(SYS_pselect6, 0, NULL, NULL, NULL, NULL, &pointed))
    SLEEP(RAW(SYS_epoll_pwait, epoll, &event, 1, -1, &word, 8))
    EXPECT(status_of("SigBlk:") & 1UL << (SIGALRM - 1), "the mask is back: %lx", status_of("SigBlk:"));
    sigprocmask(SIG_SETMASK, &old, NULL);
    close(epoll);

    sigset_t one;
    sigemptyset(&one);
    sigaddset(&one, SIGSYS);
    int fd = signalfd(-1, &one, SFD_NONBLOCK);
    EXPECT(fd >= 0 && is_judged("beside-signalfd"), "signalfd");
    close(fd);
    siginfo_t info;
    EXPECT(sigtimedwait(&one, &info, &soon) < 0 && errno == EAGAIN, "sigtimedwait");
}

static void own_action(void) {
    struct sigaction action = {.sa_handler = on_sigsys}, old;
    EXPECT(sigaction(SIGSYS, &action, &old) == 0 && old.sa_handler == SIG_DFL, "first");
    EXPECT(sigaction(SIGSYS, NULL, &old) == 0 && old.sa_handler == on_sigsys, "shown");
    raise(SIGSYS);
    EXPECT(own_sigsys == 1, "%d", own_sigsys);
    EXPECT(is_judged("own-action"), "the trap goes on");
    EXPECT(signal(SIGSYS, SIG_IGN) == on_sigsys, "signal()");
    raise(SIGSYS);
    EXPECT(is_judged("own-action"), "ignored");
    signal(SIGSYS, SIG_DFL);
    pid_t child = fork();
    if (!child) {
        raise(SIGSYS);
        _exit(3);
    }
    int status;
    waitpid(child, &status, 0);
    EXPECT(WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS, "the default ends it: %x", status);
}

/* ---- a signal that is there before the thread is ---- */

static volatile int judged_at_once = -1;

static void on_arrival(int number) {
    (void)number;
    judged_at_once = RAW(SYS_unlink, "signal-victim") == -EPERM;
}

static void *do_nothing(void *unused) {
    return unused;
}

static void at_the_first_instruction(void) {
#ifdef __GLIBC__
    struct sigaction action = {.sa_handler = on_arrival};
    pthread_attr_t attributes;
    pthread_t thread;
    sigset_t one, none;
    sigemptyset(&none);
    sigemptyset(&one);
    sigaddset(&one, SIGUSR2);
    sigaction(SIGUSR2, &action, NULL);
    sigprocmask(SIG_BLOCK, &one, NULL);
    kill(getpid(), SIGUSR2);
    pthread_attr_init(&attributes);
    pthread_attr_setsigmask_np(&attributes, &none);
    EXPECT(pthread_create(&thread, &attributes, do_nothing, NULL) == 0, "pthread_create");
    pthread_join(thread, NULL);
    EXPECT(judged_at_once == 1, "%d", judged_at_once);
    sigprocmask(SIG_UNBLOCK, &one, NULL);
#endif
}

int main(void) {
    setvbuf(stdout, NULL, _IONBF, 0);
    main_thread = pthread_self();
    make("signal-victim");
    EXPECT(pipe(pipe_of) == 0, "pipe");
    at_the_first_instruction();
    masks();
    own_action();
    every_millisecond();
    jump_out(0);
    registers(0, "own stack");
    stack_t alternate = {.ss_sp = malloc(65536), .ss_size = 65536}, shown;
    EXPECT(RAW(SYS_sigaltstack, &alternate, NULL) == 0, "sigaltstack");
    registers(0, "beside an alternate stack");
    registers(SA_ONSTACK, "on an alternate stack");
    jump_out(SA_ONSTACK);
    every_millisecond();
    EXPECT(sigaltstack(NULL, &shown) == 0 && shown.ss_sp == alternate.ss_sp && !(shown.ss_flags & SS_ONSTACK), "alternate stack");
    return failures != 0;
}
