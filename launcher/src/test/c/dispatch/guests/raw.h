/* System calls that no library sees, and expectations. */
#ifndef AEGIS_TEST_RAW_H
#define AEGIS_TEST_RAW_H

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static inline long raw6(long nr, long a, long b, long c, long d, long e, long f) {
    register long r10 __asm__("r10") = d, r8 __asm__("r8") = e, r9 __asm__("r9") = f;
    long result;
    __asm__ volatile("syscall"
                     : "=a"(result)
                     : "a"(nr), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
                     : "rcx", "r11", "memory");
    return result;
}
#define RAW(nr, ...) RAW_(nr, __VA_ARGS__, 0, 0, 0, 0, 0, 0)
#define RAW_(nr, a, b, c, d, e, f, ...) raw6((nr), (long)(a), (long)(b), (long)(c), (long)(d), (long)(e), (long)(f))

static int failures;
#define EXPECT(condition, ...) \
    do { \
        if (!(condition)) { \
            __atomic_add_fetch(&failures, 1, __ATOMIC_RELAXED); \
            printf("%s:%d: %s: ", __FILE__, __LINE__, #condition); \
            printf(__VA_ARGS__); \
            printf("\n"); \
        } \
    } while (0)

/* The daemon of these tests denies what names a victim; this is how it is told to look away. */
static inline void tell_daemon(const char *word) {
    int fd = open(word, O_CREAT | O_WRONLY, 0644);
    if (fd >= 0)
        close(fd);
    unlink(word);
}

static inline void make(const char *path) {
    if (strstr(path, "victim"))
        tell_daemon("deny-nothing");
    int fd = open(path, O_CREAT | O_WRONLY | O_TRUNC, 0644);
    if (fd < 0 || write(fd, "text", 4) != 4)
        printf("cannot make %s: %s\n", path, strerror(errno)), exit(2);
    close(fd);
    if (strstr(path, "victim"))
        tell_daemon("deny-again");
}

static inline int is_there(const char *path) {
    return access(path, F_OK) == 0;
}

/* What the kernel says of this thread, a line of /proc/thread-self/status as a number. */
static inline unsigned long status_of(const char *name) {
    char line[256];
    unsigned long value = 0;
    FILE *status = fopen("/proc/thread-self/status", "r");
    while (status && fgets(line, sizeof line, status))
        if (!strncmp(line, name, strlen(name)))
            value = strtoul(line + strlen(name) + 1, NULL, 16);
    if (status)
        fclose(status);
    return value;
}
#define SIGSYS_BIT (1UL << 30)

#endif
