/* The many ways to set the times of a file, all of them utimensat. */
#include "preload.h"

#include <sys/stat.h>
#include <sys/time.h>
#include <utime.h>

static int set(int dir, const char *path, const struct timespec times[2], int flags) {
    return (int)aegis_result(CARRY_OUT(SYS_utimensat, dir, path, times, flags));
}

static int set_micro(int dir, const char *path, const struct timeval times[2], int flags) {
    if (!times)
        return set(dir, path, NULL, flags);
    struct timespec nano[2];
    for (int i = 0; i < 2; i++)
        nano[i] = (struct timespec){times[i].tv_sec, times[i].tv_usec * 1000};
    return set(dir, path, nano, flags);
}

EXPORT int utimensat(int dir, const char *path, const struct timespec times[2], int flags) {
    return path ? set(dir, path, times, flags) : (int)aegis_result(-EINVAL);
}

EXPORT int futimens(int fd, const struct timespec times[2]) {
    return fd >= 0 ? set(fd, NULL, times, 0) : (int)aegis_result(-EBADF);
}

EXPORT int utimes(const char *path, const struct timeval times[2]) {
    return set_micro(AT_FDCWD, path, times, 0);
}

EXPORT int lutimes(const char *path, const struct timeval times[2]) {
    return set_micro(AT_FDCWD, path, times, AT_SYMLINK_NOFOLLOW);
}

EXPORT int futimes(int fd, const struct timeval times[2]) {
    return fd >= 0 ? set_micro(fd, NULL, times, 0) : (int)aegis_result(-EBADF);
}

EXPORT int futimesat(int dir, const char *path, const struct timeval times[2]) {
    return set_micro(dir, path, times, 0);
}

EXPORT int utime(const char *path, const struct utimbuf *times) {
    if (!times)
        return set(AT_FDCWD, path, NULL, 0);
    struct timespec nano[2] = {{times->actime, 0}, {times->modtime, 0}};
    return set(AT_FDCWD, path, nano, 0);
}
