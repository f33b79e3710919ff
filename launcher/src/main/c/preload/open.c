/* The open family: the flags say whether there is a mode to read. */
#include "preload.h"

#include <unistd.h>

#define NEEDS_MODE(flags) (((flags) & O_CREAT) || ((flags) & O_TMPFILE) == O_TMPFILE)

/* open is where a pending cancellation takes effect, as in libc. */
static long open_at(int dir, const char *path, int flags, mode_t mode) {
    aegis_ready();
    if (aegis_real.pthread_testcancel)
        aegis_real.pthread_testcancel();
    return aegis_result(CARRY_OUT(SYS_openat, dir, path, flags, mode));
}

#define READ_MODE(last) \
    mode_t mode = 0; \
    if (NEEDS_MODE(last)) { \
        va_list more; \
        va_start(more, last); \
        mode = va_arg(more, mode_t); \
        va_end(more); \
    }

EXPORT int open(const char *path, int flags, ...) {
    READ_MODE(flags)
    return (int)open_at(AT_FDCWD, path, flags, mode);
}

EXPORT int openat(int dir, const char *path, int flags, ...) {
    READ_MODE(flags)
    return (int)open_at(dir, path, flags, mode);
}

/* For libc's own libraries. */
EXPORT int __open_nocancel(const char *path, int flags, ...);
int __open_nocancel(const char *path, int flags, ...) {
    READ_MODE(flags)
    return (int)aegis_result(CARRY_OUT(SYS_openat, AT_FDCWD, path, flags, mode));
}

/* What fortified programs call when they pass no mode; libc ends a program that should have. */
EXPORT int __open_2(const char *path, int flags) {
    aegis_ready();
    return NEEDS_MODE(flags) ? aegis_real.__open_2(path, flags) : (int)open_at(AT_FDCWD, path, flags, 0);
}

EXPORT int __openat_2(int dir, const char *path, int flags) {
    aegis_ready();
    return NEEDS_MODE(flags) ? aegis_real.__open_2(path, flags) : (int)open_at(dir, path, flags, 0);
}

ANOTHER_NAME(open64, open);
ANOTHER_NAME(__open, open);
ANOTHER_NAME(__open64, open);
ANOTHER_NAME(__open64_nocancel, __open_nocancel);
ANOTHER_NAME(openat64, openat);
ANOTHER_NAME(__open64_2, __open_2);
ANOTHER_NAME(__openat64_2, __openat_2);
