/* Keeps the program's hands off the core's own descriptors. */
#include "descriptors.h"

#include "base.h"
#include "mediate.h"

#define CLOSE_RANGE_CLOEXEC 4
#define MOST 0x7fffffff

long aegis_close(int fd) {
    return aegis_owns_descriptor(fd) ? -EBADF : SYS1(__NR_close, fd);
}

long aegis_dup3(int fd, int newfd, int flags) {
    return aegis_owns_descriptor(fd) || aegis_owns_descriptor(newfd) ? -EBADF : SYS3(__NR_dup3, fd, newfd, flags);
}

long aegis_close_range(unsigned first, unsigned last, unsigned flags) {
    if (first > last || (flags & CLOSE_RANGE_CLOEXEC)) /* ours close on exec already */
        return SYS3(__NR_close_range, first, last, flags);
    unsigned start = first;
    while (start <= last && start <= MOST) {
        int own = aegis_next_descriptor((int)start);
        if (own < 0 || (unsigned)own > last)
            break;
        long error = (unsigned)own > start ? SYS3(__NR_close_range, start, own - 1, flags) : 0;
        if (error < 0)
            return error;
        start = (unsigned)own + 1;
    }
    return start <= last ? SYS3(__NR_close_range, start, last, flags) : 0;
}
