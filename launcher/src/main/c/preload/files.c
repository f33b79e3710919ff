/* Operations on names that are almost, but not quite, one system call. */
#include "preload.h"

#include <limits.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define MKNOD_VERSION 0

#ifndef SYS_fchmodat2
#define SYS_fchmodat2 452
#endif

EXPORT int remove(const char *path) {
    long result = CARRY_OUT(SYS_unlinkat, AT_FDCWD, path, 0);
    if (result == -EISDIR)
        result = CARRY_OUT(SYS_unlinkat, AT_FDCWD, path, AT_REMOVEDIR);
    return (int)aegis_result(result);
}

EXPORT int mknodat(int dir, const char *path, mode_t mode, dev_t device) {
    if (device > UINT_MAX)
        return (int)aegis_result(-EINVAL);
    return (int)aegis_result(CARRY_OUT(SYS_mknodat, dir, path, mode, device));
}

EXPORT int mknod(const char *path, mode_t mode, dev_t device) {
    return mknodat(AT_FDCWD, path, mode, device);
}

EXPORT int __xmknodat(int version, int dir, const char *path, mode_t mode, dev_t *device) {
    return version == MKNOD_VERSION ? mknodat(dir, path, mode, *device) : (int)aegis_result(-EINVAL);
}

EXPORT int __xmknod(int version, const char *path, mode_t mode, dev_t *device) {
    return __xmknodat(version, AT_FDCWD, path, mode, device);
}

/* Without following a link, libc goes its own way, which depends on kernel and version. */
EXPORT int fchmodat(int dir, const char *path, mode_t mode, int flags) {
    if (flags == 0)
        return (int)aegis_result(CARRY_OUT(SYS_fchmodat, dir, path, mode));
    long refused = ASK(SYS_fchmodat2, dir, path, mode, flags);
    return refused ? (int)aegis_result(refused) : aegis_real.fchmodat(dir, path, mode, flags);
}

EXPORT int lchmod(const char *path, mode_t mode) {
    long refused = ASK(SYS_fchmodat2, AT_FDCWD, path, mode, AT_SYMLINK_NOFOLLOW);
    return refused ? (int)aegis_result(refused) : aegis_real.lchmod(path, mode);
}
