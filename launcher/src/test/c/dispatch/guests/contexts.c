/* Masks that libc installs by other ways than sigprocmask: contexts, and the old functions of signals. SIGSYS is in none. */
#include "raw.h"

#include <signal.h>
#include <sys/time.h>
#include <ucontext.h>

int sigpause_of_masks(int mask) __asm__("sigpause");
int either_sigpause(int number_or_mask, int is_number) __asm__("__sigpause");

static ucontext_t main_context, other, last;
static volatile int reached, handled;

static int is_judged(void) {
    make("of-context");
    return RAW(SYS_unlink, "context-victim") == -EPERM && RAW(SYS_unlink, "of-context") == 0;
}

static void expect_trap(const char *where) {
    EXPECT(!(status_of("SigBlk:") & SIGSYS_BIT), "%s blocks SIGSYS", where);
    EXPECT(status_of("SigBlk:") & 1UL << (SIGUSR2 - 1), "%s has not the mask of the context", where);
    EXPECT(is_judged(), "%s", where);
}

static void in_other(void) {
    expect_trap("a context that was made");
    reached++;
}

static void in_last(void) {
    expect_trap("the successor of a context");
    reached++;
    EXPECT(swapcontext(&last, &main_context) == 0, "swapcontext");
}

static void contexts(void) {
    static char stacks[2][65536];
    getcontext(&other);
    getcontext(&last);
    other.uc_stack = (stack_t){.ss_sp = stacks[0], .ss_size = sizeof stacks[0]};
    last.uc_stack = (stack_t){.ss_sp = stacks[1], .ss_size = sizeof stacks[1]};
    sigfillset(&other.uc_sigmask);
    sigfillset(&last.uc_sigmask);
    other.uc_link = &last;
    makecontext(&last, in_last, 0);
    makecontext(&other, in_other, 0);
    EXPECT(swapcontext(&main_context, &other) == 0 && reached == 2, "%d reached", reached);
    EXPECT(!(status_of("SigBlk:") & 1UL << (SIGUSR2 - 1)), "the mask of before");
    static volatile int again;
    getcontext(&other);
    if (!again++) {
        sigfillset(&other.uc_sigmask);
        setcontext(&other);
    }
    expect_trap("setcontext");
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

static void on_alarm(int number) {
    (void)number;
    handled += RAW(SYS_unlink, "context-victim") == -EPERM;
}

static void old_functions(void) {
    struct sigaction action = {.sa_handler = on_alarm};
    struct itimerval soon = {{0, 20000}, {0, 20000}}, never = {{0, 0}, {0, 0}};
    sigaction(SIGALRM, &action, NULL);
    sighold(SIGALRM);
    setitimer(ITIMER_REAL, &soon, NULL);
    int all_but_alarm = ~(1 << (SIGALRM - 1));
    EXPECT(sigpause_of_masks(all_but_alarm) == -1 && errno == EINTR, "sigpause");
    EXPECT(either_sigpause(all_but_alarm, 0) == -1 && errno == EINTR, "__sigpause of a mask");
    EXPECT(either_sigpause(SIGALRM, 1) == -1 && errno == EINTR, "__sigpause of a signal");
    setitimer(ITIMER_REAL, &never, NULL);
    EXPECT(handled >= 3, "%d handled", handled);
    sigrelse(SIGALRM);
    EXPECT(sigignore(SIGSYS) == 0 && is_judged(), "sigignore");
    EXPECT(raise(SIGSYS) == 0 && is_judged(), "an ignored SIGSYS");
    EXPECT(siginterrupt(SIGALRM, 1) == 0 && sigaction(SIGALRM, NULL, &action) == 0 && action.sa_handler == on_alarm, "siginterrupt");
}

int main(void) {
    make("context-victim");
    contexts();
    old_functions();
    return failures != 0;
}
