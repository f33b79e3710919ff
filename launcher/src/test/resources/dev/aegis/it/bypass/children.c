#define _GNU_SOURCE
#include "bypass.h"

static void vforked(void)
{
    long child;
    __asm__ volatile("syscall" : "=a"(child) : "a"(SYS_vfork) : "rcx", "r11", "memory");
    if (child == 0) {
        gone();
        raw(SYS_exit, 0, 0, 0);
    }
}
static void forked(void)
{
    if (raw(SYS_fork, 0, 0, 0) == 0) {
        gone();
        raw(SYS_exit, 0, 0, 0);
    }
    raw6(SYS_wait4, -1, 0, 0, 0, 0, 0);
}
static char stack[65536] __attribute__((aligned(16)));
static int in_child(void *unused)
{
    (void)unused;
    gone();
    return 0;
}
static void cloned(int flags)
{
    long child, top = (long)(stack + sizeof stack - 64);
    register long r10 __asm__("r10") = 0, r8 __asm__("r8") = 0;
    __asm__ volatile("syscall\n\ttest %%rax, %%rax\n\tjnz 1f\n\txor %%edi, %%edi\n\tcall *%[run]\n\txor %%edi, %%edi\n\tmov $60, %%eax\n\tsyscall\n1:"
                     : "=a"(child)
                     : "a"(SYS_clone), "D"((long)flags), "S"(top), "d"(0L), "r"(r10), "r"(r8), [run] "b"(in_child)
                     : "rcx", "r11", "memory");
    usleep(300000);
}
static void thread(void) { cloned(CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD); }
static void sharing(void) { cloned(CLONE_VM | SIGCHLD); }
static void parentless(void) { cloned(CLONE_VM | CLONE_VFORK | CLONE_PARENT); }
static void untraced(void) { cloned(CLONE_VM | CLONE_UNTRACED | CLONE_PARENT); }
static void clone_three(void)
{
    uint64_t arguments[8] = {0, 0, 0, 0, SIGCHLD};
    if (raw(435, arguments, sizeof arguments, 0) == 0) {
        gone();
        raw(SYS_exit, 0, 0, 0);
    }
    usleep(300000);
}
/* In a user and a pid namespace of its own, where it is the first process. */
static void elsewhere(void)
{
    if (raw6(SYS_clone, CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNS | SIGCHLD, 0, 0, 0, 0, 0) == 0) {
        gone();
        raw(SYS_exit, 0, 0, 0);
    }
    raw6(SYS_wait4, -1, 0, 0, 0, 0, 0);
}
/* A service that has left its parents, its session and its descriptors. */
static void orphaned(void)
{
    if (raw(SYS_fork, 0, 0, 0) == 0) {
        raw(SYS_setsid, 0, 0, 0);
        if (raw(SYS_fork, 0, 0, 0) == 0) {
            raw(SYS_close_range, 0, ~0u, 0);
            usleep(100000);
            gone();
        }
        raw(SYS_exit_group, 0, 0, 0);
    }
    usleep(600000);
}

const struct attack attacks_of_children[] = {
    {"vforked", vforked}, {"forked", forked}, {"thread", thread}, {"sharing", sharing}, {"parentless", parentless},
    {"untraced", untraced}, {"clone3", clone_three}, {"elsewhere", elsewhere}, {"orphaned", orphaned},
    {NULL, NULL},
};
