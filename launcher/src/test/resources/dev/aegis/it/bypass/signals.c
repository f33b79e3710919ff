#define _GNU_SOURCE
#include <sys/time.h>
#include <ucontext.h>

#include "bypass.h"

static void off_raw(void)
{
    raw6(SYS_prctl, DISPATCH, 0, 0, 0, 0, 0);
    gone();
}
static void off_libc(void)
{
    prctl(DISPATCH, 0, 0, 0, 0);
    gone();
}
static void all_allowed(void)
{
    raw6(SYS_prctl, DISPATCH, 1, 4096, 0x7fffffff0000, 0, 0);
    gone();
}
static char selector;
static void selected(void)
{
    raw6(SYS_prctl, DISPATCH, 1, 0, 0, (long)&selector, 0);
    gone();
}
static void masked(void)
{
    uint64_t all = ~0ull;
    raw6(SYS_rt_sigprocmask, SIG_SETMASK, (long)&all, 0, 8, 0, 0);
    gone();
}
static void own_handler(void)
{
    struct { uintptr_t handler; unsigned long flags; uintptr_t restorer; uint64_t mask; } ignore = {(uintptr_t)SIG_IGN, 0, 0, 0};
    raw6(SYS_rt_sigaction, SIGSYS, (long)&ignore, 0, 8, 0, 0);
    gone();
}
static void bad_stack(void)
{
    stack_t nowhere = {.ss_sp = (void *)0x1000, .ss_size = 65536};
    raw(SYS_sigaltstack, &nowhere, 0, 0);
    gone();
}
static void no_stack(void)
{
    __asm__ volatile("mov %0, %%rdi\n\tmov $8, %%rsp\n\tmov $87, %%eax\n\tsyscall" : : "r"(victim) : "memory", "rdi", "rax");
}
static void lost_tls(void)
{
    raw(SYS_arch_prctl, 0x1002 /* ARCH_SET_FS */, 0, 0);
    gone();
    raw(SYS_exit, 0, 0, 0);
}

/* As the kernel takes it: libc would leave SIGSYS alone for us, or not. */
struct kernel_action {
    void (*handler)(int, siginfo_t *, void *);
    unsigned long flags;
    void (*restorer)(void);
    uint64_t mask;
};
void back(void);
__asm__(".globl back\nback:\n\tmov $15, %eax\n\tsyscall\n");
static void handle(int signal, void (*handler)(int, siginfo_t *, void *), uint64_t mask)
{
    struct kernel_action action = {handler, SA_SIGINFO | 0x04000000 /* SA_RESTORER */, back, mask};
    raw6(SYS_rt_sigaction, signal, (long)&action, 0, 8, 0, 0);
}
static void in_handler(int signal, siginfo_t *info, void *context)
{
    (void)signal, (void)info, (void)context;
    gone();
}
static const uint64_t everything = ~0ull;
static void masked_by_action(void)
{
    handle(SIGUSR1, in_handler, everything);
    raw(SYS_kill, getpid(), SIGUSR1, 0);
}
/* Sleep with all blocked but the alarm, whose handler then runs with that mask. */
static void alarmed(void)
{
    struct itimerval soon = {.it_value = {.tv_usec = 50000}};
    handle(SIGALRM, in_handler, everything);
    setitimer(ITIMER_REAL, &soon, NULL);
}
static const uint64_t all_but_alarm = ~(1ull << (SIGALRM - 1));
static void masked_by_suspend(void)
{
    alarmed();
    raw(SYS_rt_sigsuspend, &all_but_alarm, 8, 0);
}
static void masked_by_poll(void)
{
    alarmed();
    raw6(SYS_ppoll, 0, 0, 0, (long)&all_but_alarm, 8, 0);
}
static void masked_by_select(void)
{
    struct { const uint64_t *set; size_t size; } both = {&all_but_alarm, 8};
    alarmed();
    raw6(SYS_pselect6, 0, 0, 0, 0, 0, (long)&both);
}
static void masked_by_epoll(void)
{
    char event[16];
    alarmed();
    raw6(SYS_epoll_pwait, raw(SYS_epoll_create1, 0, 0, 0), (long)event, 1, -1, (long)&all_but_alarm, 8);
}
/* In the frame to which the handler returns. */
static void edit_frame(int signal, siginfo_t *info, void *context)
{
    (void)signal, (void)info;
    memset(&((ucontext_t *)context)->uc_sigmask, 0xff, 8);
}
static void masked_by_return(void)
{
    handle(SIGUSR1, edit_frame, 0);
    raw(SYS_kill, getpid(), SIGUSR1, 0);
    gone();
}
static void waited_for(void)
{
    uint64_t only = 1ull << (SIGSYS - 1);
    raw6(SYS_signalfd4, -1, (long)&only, 8, 0, 0, 0);
    struct timespec none = {0, 0};
    raw6(SYS_rt_sigtimedwait, (long)&only, 0, (long)&none, 8, 0, 0);
    gone();
}
/* A trap that never was, with a call of our own in its registers. */
static void forged(void)
{
    siginfo_t info = {.si_signo = SIGSYS, .si_code = 2 /* SYS_USER_DISPATCH */};
    info.si_call_addr = (void *)(uintptr_t)&in_handler;
    info.si_syscall = UNLINK;
    info.si_arch = 0xc000003e;
    raw(SYS_rt_sigqueueinfo, getpid(), SIGSYS, &info);
    gone();
}
static void no_altstack(void)
{
    stack_t off = {.ss_flags = SS_DISABLE};
    raw(SYS_sigaltstack, &off, 0, 0);
    gone();
}
static void readable_altstack(void)
{
    stack_t only = {.ss_sp = mmap(NULL, 65536, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), .ss_size = 65536};
    raw(SYS_sigaltstack, &only, 0, 0);
    gone();
}
/* An altstack over our own frame, so that the trap writes where the call's words are. */
static void own_altstack(void)
{
    char here[65536];
    stack_t over = {.ss_sp = here, .ss_size = sizeof here};
    raw(SYS_sigaltstack, &over, 0, 0);
    gone();
}

const struct attack attacks_of_signals[] = {
    {"off-raw", off_raw}, {"off-libc", off_libc}, {"all-allowed", all_allowed}, {"selected", selected},
    {"masked", masked}, {"own-handler", own_handler}, {"bad-stack", bad_stack}, {"no-stack", no_stack},
    {"lost-tls", lost_tls}, {"masked-by-action", masked_by_action}, {"masked-by-suspend", masked_by_suspend},
    {"masked-by-poll", masked_by_poll}, {"masked-by-select", masked_by_select}, {"masked-by-epoll", masked_by_epoll},
    {"masked-by-return", masked_by_return}, {"waited-for", waited_for}, {"forged", forged},
    {"no-altstack", no_altstack}, {"readable-altstack", readable_altstack}, {"own-altstack", own_altstack},
    {NULL, NULL},
};
