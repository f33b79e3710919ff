/* Keeps close-everything loops and careless numbers off the core's own descriptors. */
#include "preload.h"

#include <limits.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../core/descriptors.h"

/* libc's own close is kept for what it does beside the system call (cancellation). */
EXPORT int close(int fd) {
    aegis_ready();
    return aegis_owns_descriptor(fd) ? (int)aegis_result(-EBADF) : aegis_real.close(fd);
}

EXPORT int __close_nocancel(int fd);
int __close_nocancel(int fd) {
    return (int)aegis_result(aegis_close(fd));
}

EXPORT int dup2(int fd, int newfd) {
    aegis_ready();
    if (fd == newfd) /* dup3 refuses this, dup2 only looks whether fd is open */
        return (int)aegis_result(aegis_owns_descriptor(fd) ? -EBADF : SYS2(SYS_fcntl, fd, F_GETFD)) < 0 ? -1 : fd;
    return (int)aegis_result(aegis_dup3(fd, newfd, 0));
}

EXPORT int dup3(int fd, int newfd, int flags) {
    aegis_ready();
    return (int)aegis_result(aegis_dup3(fd, newfd, flags));
}

EXPORT int close_range(unsigned first, unsigned last, int flags) {
    aegis_ready();
    return (int)aegis_result(aegis_close_range(first, last, (unsigned)flags));
}

static void close_one_by_one(unsigned first) {
    struct rlimit limit = {.rlim_cur = 1024};
    SYS4(SYS_prlimit64, 0, RLIMIT_NOFILE, NULL, &limit);
    for (unsigned fd = first; fd < limit.rlim_cur && fd < INT_MAX; fd++)
        aegis_close((int)fd);
}

EXPORT void closefrom(int first) {
    aegis_ready();
    unsigned start = first < 0 ? 0 : (unsigned)first;
    if (aegis_close_range(start, ~0U, 0) == -ENOSYS) /* an old kernel */
        close_one_by_one(start);
}

/* Programs look so which of their descriptors are open. */
EXPORT int fstat(int fd, struct stat *status) {
    aegis_ready();
    return (int)aegis_result(aegis_owns_descriptor(fd) ? -EBADF : SYS2(SYS_fstat, fd, status));
}

EXPORT int __fxstat(int version, int fd, struct stat *status);
int __fxstat(int version, int fd, struct stat *status) {
    (void)version; /* there is one on each processor that Aegis knows */
    return fstat(fd, status);
}

/* The third argument is an int or a pointer, or is not there; passing a register on is all of these. */
EXPORT int fcntl(int fd, int command, ...) {
    aegis_ready();
    va_list more;
    va_start(more, command);
    void *argument = va_arg(more, void *);
    va_end(more);
    return aegis_owns_descriptor(fd) ? (int)aegis_result(-EBADF) : aegis_real.fcntl(fd, command, argument);
}

ANOTHER_NAME(__close, close);
EXPORT int fstat64(int fd, struct stat64 *status) __attribute__((alias("fstat")));
EXPORT int __fxstat64(int version, int fd, struct stat64 *status) __attribute__((alias("__fxstat")));
ANOTHER_NAME(__dup2, dup2);
ANOTHER_NAME(fcntl64, fcntl);
ANOTHER_NAME(__fcntl, fcntl);
ANOTHER_NAME(__libc_fcntl64, fcntl);
