/* What a program finds around itself when it begins: to be compared with the same program run by the kernel. */
#include "guest.h"

#include <elf.h>
#include <fcntl.h>
#include <limits.h>
#include <link.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

extern char **environ;
static _Thread_local int thread_local_value = 42;
static char *volatile nowhere = (char *)1;
static char large[3 << 20];             /* zeros beyond the page that the file ends in */
static char filled[8192] = {1};
#ifdef BIG_ALIGNMENT
static char aligned[64] __attribute__((aligned(BIG_ALIGNMENT))) = {7};
#endif

/* Values that differ from run to run say only whether they are there. */
static bool is_address(unsigned long type)
{
    static const unsigned long addresses[] = {AT_PHDR, AT_BASE, AT_ENTRY, AT_RANDOM, AT_EXECFN, AT_PLATFORM,
                                              AT_SYSINFO_EHDR, AT_BASE_PLATFORM};
    for (size_t i = 0; i < sizeof addresses / sizeof *addresses; i++)
        if (addresses[i] == type)
            return true;
    return false;
}

static Elf64_auxv_t *own_vector(void)
{
    char **end = environ;
    while (*end)
        end++;
    return (Elf64_auxv_t *)(end + 1);
}

static void print_vector(void)
{
    for (Elf64_auxv_t *word = own_vector(); word->a_type != AT_NULL; word++)
        if (is_address(word->a_type))
            printf("auxv %lu %s\n", word->a_type, word->a_un.a_val ? "set" : "0");
        else
            printf("auxv %lu %lx\n", word->a_type, word->a_un.a_val);
}

/* /proc/self/auxv is the kernel's own copy. */
static void check_vector_of_kernel(void)
{
    Elf64_auxv_t vector[64];
    int fd = open("/proc/self/auxv", O_RDONLY);
    ssize_t size = read(fd, vector, sizeof vector);
    MUST(size > 0);
    for (size_t i = 0; i < (size_t)size / sizeof *vector && vector[i].a_type != AT_NULL; i++)
        MUST(!memcmp(&own_vector()[i], &vector[i], sizeof *vector));
    close(fd);
}

static int see_header(struct dl_phdr_info *info, size_t size, void *data)
{
    (void)size;
    for (int i = 0; i < info->dlpi_phnum; i++)
        if (info->dlpi_phdr[i].p_type == PT_LOAD && info->dlpi_phdr[i].p_flags & PF_X) {
            uintptr_t start = info->dlpi_addr + info->dlpi_phdr[i].p_vaddr;
            if ((uintptr_t)see_header - start < info->dlpi_phdr[i].p_memsz)
                *(int *)data = 1;
        }
    return 0;
}

static void print_file(const char *path)
{
    char text[4096];
    int fd = open(path, O_RDONLY);
    ssize_t size = fd < 0 ? -1 : read(fd, text, sizeof text - 1);
    for (ssize_t i = 0; i < size; i++)
        if (!text[i])
            text[i] = ' ';
    text[size > 0 ? size : 0] = 0;
    printf("%s %s\n", path, text);
    close(fd);
}

int guest_describe(int argc, char **argv)
{
    for (int i = 0; i < argc; i++)
        printf("arg %s\n", argv[i]);
    for (char **variable = environ; *variable; variable++)
        if (strncmp(*variable, "AEGIS_SESSION=", 14) != 0)
            printf("env %s\n", *variable);
    print_vector();
    check_vector_of_kernel();
    printf("execfn %s\n", (char *)getauxval(AT_EXECFN));
    print_file("/proc/self/cmdline");
    print_file("/proc/self/comm");
    char name[16];
    prctl(PR_GET_NAME, name);
    printf("name %s\n", name);
    int found = 0;
    dl_iterate_phdr(see_header, &found);
    MUST(found);
    for (size_t i = 0; i < sizeof large; i++)
        MUST(!large[i]);
    MUST(filled[0] == 1 && !filled[8191]);
    MUST(thread_local_value == 42);
#ifdef BIG_ALIGNMENT
    MUST(aligned[0] == 7 && (uintptr_t)aligned % BIG_ALIGNMENT == 0);
#endif
    long end = syscall(SYS_brk, 0);
    MUST(end > 0 && syscall(SYS_brk, end + 65536) == end + 65536 && !*(char *)end);
    struct timespec now;
    MUST(!clock_gettime(CLOCK_MONOTONIC, &now) && now.tv_sec);
    struct rlimit limit;
    getrlimit(RLIMIT_AS, &limit);
    printf("address space %lu\n", (unsigned long)limit.rlim_cur);
    long descriptors = 0;
    for (int fd = 3; fd < 1024; fd++)
        descriptors += fcntl(fd, F_GETFD) == 0; /* what an exec would keep */
    printf("descriptors %ld\n", descriptors);
    return 0;
}

/* The exe link of this process, by every call that follows it: WORD is the program. */
int guest_links(int argc, char **argv)
{
    MUST(argc == 1);
    char path[PATH_MAX], own[64], task[64];
    const char *program = argv[0];
    struct stat expected, st;
    MUST(!stat(program, &expected));
    snprintf(own, sizeof own, "/proc/%d/exe", getpid());
    snprintf(task, sizeof task, "/proc/self/task/%d/exe", gettid());
    const char *names[] = {"/proc/self/exe", "/proc/thread-self/exe", own, task};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        ssize_t size = readlink(names[i], path, sizeof path - 1);
        MUST(size > 0);
        path[size] = 0;
        MUST(!strcmp(path, program));
        MUST(readlink(names[i], path, 3) == 3);
        MUST(!stat(names[i], &st) && st.st_ino == expected.st_ino && st.st_dev == expected.st_dev);
        MUST(!lstat(names[i], &st) && S_ISLNK(st.st_mode));
        int fd = open(names[i], O_RDONLY | O_CLOEXEC);
        MUST(fd >= 0 && !fstat(fd, &st) && st.st_ino == expected.st_ino);
        close(fd);
        MUST(!access(names[i], X_OK));
    }
    int proc = open("/proc/self", O_PATH | O_DIRECTORY);
    ssize_t size = readlinkat(proc, "exe", path, sizeof path);
    MUST(size == (ssize_t)strlen(program) && !memcmp(path, program, (size_t)size));
    MUST(readlink("/proc/self/exe", nowhere, 100) == -1);
    MUST(readlink("/proc/self/nothing/exe", path, sizeof path) == -1);
    MUST(readlink("/proc/1/exe", path, sizeof path) != 0);
    MUST(!realpath("/proc/self/exe", path) || !strcmp(path, program));
    execl("/proc/self/exe", "again", "describe", "re-executed", (char *)NULL);
    MUST(false);
    return 1;
}
