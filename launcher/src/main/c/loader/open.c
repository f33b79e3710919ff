#include <fcntl.h>
#include <sys/stat.h>

#include "loader/loader.h"

/* By its path, and only if it is the file that was judged. */
static long open_named(const struct loader_call *call) {
    unsigned long device, inode;
    const char *at;
    struct stat st;
    if (!core_number(call->file + 1, &device, &at) || *at != ':' || !core_number(at + 1, &inode, &at) || *at)
        return -EINVAL;
    long fd = SYS4(__NR_openat, AT_FDCWD, call->path, O_RDONLY | O_CLOEXEC, 0);
    if (fd < 0)
        return fd;
    if (!SYS2(__NR_fstat, fd, &st) && st.st_dev == device && st.st_ino == inode)
        return fd;
    SYS1(__NR_close, fd);
    return -ESTALE;
}

long loader_open(const struct loader_call *call) {
    unsigned long fd;
    const char *end;
    if (call->file[0] == '-')
        return open_named(call);
    return core_number(call->file, &fd, &end) && !*end && fd <= INT32_MAX ? (long)fd : -EINVAL;
}
