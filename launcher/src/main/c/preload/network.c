/*
 * Calls that carry an address. They may wait long and are cancellation points, so libc makes them;
 * what it is given is the copy of the address that was judged.
 */
#include "preload.h"

#include <string.h>
#include <sys/socket.h>

#include "../core/guest.h"

#define ADDRESS_SIZE 128

struct address {
    char bytes[ADDRESS_SIZE];
    socklen_t size;
};

/* Copy through the kernel's eyes: a bad pointer must become EFAULT, not a crash. */
static long copy(struct address *to, const void *address, socklen_t size) {
    if (size > ADDRESS_SIZE)
        return -EINVAL;
    to->size = size;
    return core_copy(to->bytes, address, size);
}

static long judge(long nr, int fd, const struct address *address) {
    if (nr == SYS_sendto)
        return ASK(nr, fd, NULL, 0, 0, address->bytes, address->size);
    return ASK(nr, fd, address->bytes, address->size);
}

#define JUDGED(nr, fd, from, length) \
    aegis_ready(); \
    struct address address; \
    long refused = copy(&address, from, length); \
    if (!refused) \
        refused = judge(nr, fd, &address); \
    if (refused) \
        return (int)aegis_result(refused);

EXPORT int connect(int fd, const struct sockaddr *to, socklen_t size) {
    JUDGED(SYS_connect, fd, to, size)
    return aegis_real.connect(fd, (struct sockaddr *)address.bytes, address.size);
}

EXPORT int bind(int fd, const struct sockaddr *to, socklen_t size) {
    JUDGED(SYS_bind, fd, to, size)
    return aegis_real.bind(fd, (struct sockaddr *)address.bytes, address.size);
}

EXPORT ssize_t sendto(int fd, const void *data, size_t size, int flags, const struct sockaddr *to, socklen_t length) {
    aegis_ready();
    if (!to)
        return aegis_real.sendto(fd, data, size, flags, NULL, length);
    JUDGED(SYS_sendto, fd, to, length)
    return aegis_real.sendto(fd, data, size, flags, (struct sockaddr *)address.bytes, address.size);
}

EXPORT ssize_t sendmsg(int fd, const struct msghdr *message, int flags) {
    aegis_ready();
    struct msghdr ours;
    long error = core_copy(&ours, message, sizeof ours);
    if (error)
        return aegis_result(error);
    if (!ours.msg_name || !ours.msg_namelen)
        return aegis_real.sendmsg(fd, message, flags);
    JUDGED(SYS_sendto, fd, ours.msg_name, ours.msg_namelen)
    ours.msg_name = address.bytes;
    return aegis_real.sendmsg(fd, &ours, flags);
}

/* The messages stay where they are, since the kernel writes the lengths there. */
EXPORT int sendmmsg(int fd, struct mmsghdr *messages, unsigned count, int flags) {
    aegis_ready();
    for (unsigned i = 0; i < count; i++) {
        struct msghdr each;
        if (core_copy(&each, &messages[i].msg_hdr, sizeof each))
            break; /* the kernel stops there as well */
        if (!each.msg_name || !each.msg_namelen)
            continue;
        JUDGED(SYS_sendto, fd, each.msg_name, each.msg_namelen)
    }
    return aegis_real.sendmmsg(fd, messages, count, flags);
}

ANOTHER_NAME(__connect, connect);
ANOTHER_NAME(__sendmmsg, sendmmsg);
