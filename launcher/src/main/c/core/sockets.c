/* Sockets: whom the process speaks to, and under which address it listens. */
#include "ops.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include "ask.h"
#include "baseline.h"
#include "guard.h"
#include "guest.h"
#include "judge.h"
#include "tell.h"

#define MOST_ADDRESS 128
#define BATCH 8
#define MOST_MESSAGES 1024

/* An address that was copied once, and what was found of it. */
struct address {
    union {
        struct sockaddr any;
        struct sockaddr_un local;
        uint8_t bytes[MOST_ADDRESS];
    };
    size_t size;
    struct core_place place; /* of a local socket that has a path and exists */
    bool pinned;
};

static long copy_address(struct address *address, long guest, long size) {
    core_place_begin(&address->place);
    address->pinned = false;
    address->size = (size_t)size;
    if (size < 0 || size > MOST_ADDRESS)
        return -EINVAL;
    memset(address->bytes, 0, sizeof address->bytes);
    return core_copy(address->bytes, (const void *)guest, (size_t)size);
}

static bool has_path(const struct address *address) {
    return address->any.sa_family == AF_UNIX && address->size > offsetof(struct sockaddr_un, sun_path) &&
           address->local.sun_path[0];
}

#define LEAST_INET 16
#define LEAST_INET6 24 /* without the scope, as the kernel still takes it */
#define WHOLE_INET6 28

/* The kernel itself, or nobody: netlink, taking a connection back, a name of the kernel's choice, and what is cut. */
static bool is_harmless(const struct address *address) {
    if (address->size < sizeof(sa_family_t))
        return true;
    switch (address->any.sa_family) {
    case AF_UNSPEC:
    case AF_NETLINK: return true;
    case AF_UNIX: return address->size <= offsetof(struct sockaddr_un, sun_path);
    case AF_INET: return address->size < LEAST_INET;
    case AF_INET6: return address->size < LEAST_INET6;
    default: return false;
    }
}

static void spelled_path(const struct address *address, char *to) {
    size_t room = address->size - offsetof(struct sockaddr_un, sun_path), size = 0;
    while (size < room && address->local.sun_path[size]) {
        to[size] = address->local.sun_path[size];
        size++;
    }
    to[size] = 0;
}

/* The control socket asks the kernel who calls: let the daemon decide about it. */
static bool is_control(const char *path) {
    const char *run = core_image.page ? core_image.page->run : "";
    return core_within(path, run) && core_equal(path + strlen(run), "/control.sock");
}

static void put_address(struct core_frame *frame, const struct address *address) {
    bool cut = address->any.sa_family == AF_INET6 && address->size < WHOLE_INET6;
    core_put(frame, CORE_ADDRESS, address->bytes, cut ? WHOLE_INET6 : address->size);
    if (address->place.path && address->place.path[0] == '/')
        core_put_text(frame, CORE_PATH1, address->place.path);
}

static CORE_COLD long guarded(struct core_call *call, const struct address *address, const char *why) {
    struct core_frame frame;
    core_ask_begin(call, &frame, CORE_REFUSED, call->op->kind);
    put_address(&frame, address);
    core_record_refusal(call, &frame, call->op->kind, address->place.path, why);
    return -EACCES;
}

static void describe(const struct address *address, char *to, size_t room) {
    if (address->place.path) {
        core_append(to, room, address->place.path);
        return;
    }
    const uint8_t *b = address->bytes;
    char *at = to;
    if (address->any.sa_family != AF_INET || room < 32) {
        core_append(to, room, address->any.sa_family == AF_UNIX ? "abstract socket" : "IPv6 address");
        return;
    }
    for (int i = 4; i < 8; i++) {
        at = core_decimal(at, b[i]);
        *at++ = i < 7 ? '.' : ':';
    }
    core_decimal(at, (unsigned)(b[2] << 8 | b[3]));
}

static long ask(struct core_call *call, const struct address *address) {
    if (address->place.path) {
        const char *why = is_control(address->place.path) ? NULL : core_guard(&address->place, false);
        if (why)
            return guarded(call, address, why);
    }
    bool baseline = address->pinned && core_baseline_holds() && core_baseline_speaks(address->place.path);
    struct core_frame frame;
    core_ask_begin(call, &frame, baseline ? CORE_REPORT : CORE_ASK, call->op->kind);
    put_address(&frame, address);
    if (baseline) {
        core_say(&frame);
        return 0;
    }
    char what[128];
    describe(address, what, sizeof what);
    return core_judge_frame(call, &frame, call->op->kind, what);
}

/* Find what a local address leads to; the kernel says the rest (ENOENT, ECONNREFUSED). */
static long resolve(struct core_call *call, struct address *address) {
    if (!has_path(address))
        return 0;
    spelled_path(address, call->scratch->spelled);
    long error = core_pin_object(&address->place, AT_FDCWD, call->scratch->spelled, 0);
    if (error)
        return error;
    if (!S_ISSOCK(address->place.identity.mode))
        return -ECONNREFUSED;
    address->pinned = true;
    return core_name_place(&address->place, call->scratch->path);
}

static long judge_peer(struct core_call *call, struct address *address) {
    if (is_harmless(address))
        return 0;
    if (!core_room(call))
        return -ENOMEM;
    long error = resolve(call, address);
    return error ? error : ask(call, address);
}

/* A pinned socket is reached through its descriptor, so that the name cannot be exchanged. */
static void aim(struct address *address) {
    if (!address->pinned)
        return;
    memset(address->bytes, 0, sizeof address->bytes);
    address->local.sun_family = AF_UNIX;
    core_descriptor_path(address->local.sun_path, address->place.object);
    address->size = sizeof address->local;
}

long core_connect(struct core_call *call) {
    struct address address;
    long result = copy_address(&address, call->args[1], call->args[2]);
    if (!result)
        result = judge_peer(call, &address);
    if (!result && call->act) {
        aim(&address);
        result = SYS3(__NR_connect, call->args[0], address.bytes, address.size);
    }
    core_place_end(&address.place);
    return result;
}

/* The address is shown by getsockname as it was given, so it is bound as it was given. */
static long judge_own(struct core_call *call, struct address *address) {
    if (is_harmless(address))
        return 0;
    if (!core_room(call))
        return -ENOMEM;
    long error = 0;
    if (has_path(address)) {
        spelled_path(address, call->scratch->spelled);
        error = core_pin_name(&address->place, AT_FDCWD, call->scratch->spelled);
        if (!error && address->place.object >= 0)
            error = -EADDRINUSE;
        if (error == CORE_UNNAMED)
            error = -EADDRINUSE;
        if (!error)
            error = core_check_access(address->place.parent, W_OK | X_OK);
        if (!error)
            error = core_name_place(&address->place, call->scratch->path);
    }
    return error ? error : ask(call, address);
}

long core_bind(struct core_call *call) {
    struct address address;
    long result = copy_address(&address, call->args[1], call->args[2]);
    /* One that is bound already, or no socket, is not to raise a question. */
    if (!result && SYS2(__NR_fcntl, call->args[0], F_GETFD) < 0)
        result = -EBADF;
    if (!result)
        result = judge_own(call, &address);
    core_place_end(&address.place);
    if (!result && call->act)
        result = SYS3(__NR_bind, call->args[0], address.bytes, address.size);
    return result;
}

long core_sendto(struct core_call *call) {
    const long *a = call->args;
    struct address address;
    if (!a[4])
        return call->act ? core_as_it_is(call) : 0;
    long result = copy_address(&address, a[4], a[5]);
    if (!result)
        result = judge_peer(call, &address);
    if (!result && call->act) {
        aim(&address);
        result = SYS6(__NR_sendto, a[0], a[1], a[2], a[3], address.bytes, address.size);
    }
    core_place_end(&address.place);
    return result;
}

/* Send one message, its header and address copied once. */
static long send_one(struct core_call *call, const void *guest, long flags) {
    struct msghdr message;
    struct address address;
    if (core_copy(&message, guest, sizeof message))
        return -EFAULT;
    core_place_begin(&address.place);
    long result = 0;
    if (message.msg_name && message.msg_namelen) {
        long size = (int)message.msg_namelen;
        /* The kernel takes no more than a sockaddr_storage here, and cuts. */
        result = size < 0 ? -EINVAL : copy_address(&address, (long)message.msg_name, size > MOST_ADDRESS ? MOST_ADDRESS : size);
        if (!result)
            result = judge_peer(call, &address);
        aim(&address);
        message.msg_name = address.bytes;
        message.msg_namelen = (socklen_t)address.size;
    }
    if (!result && call->act)
        result = SYS3(__NR_sendmsg, call->args[0], &message, flags);
    core_place_end(&address.place);
    return result;
}

long core_sendmsg(struct core_call *call) {
    return send_one(call, (const void *)call->args[1], call->args[2]);
}

/* One after the other, as the kernel does it: what was sent before an error counts. */
long core_sendmmsg(struct core_call *call) {
    struct mmsghdr *messages = (struct mmsghdr *)call->args[1];
    unsigned long count = (unsigned)call->args[2];
    if (count > MOST_MESSAGES)
        count = MOST_MESSAGES;
    for (unsigned long i = 0; i < count; i++) {
        long sent = send_one(call, &messages[i].msg_hdr, call->args[3]);
        if (sent < 0)
            return i ? (long)i : sent;
        if (!call->act)
            continue;
        unsigned size = (unsigned)sent;
        struct {
            void *base;
            size_t size;
        } from = {&size, sizeof size}, to = {&messages[i].msg_len, sizeof size};
        if (SYS6(__NR_process_vm_writev, SYS0(__NR_getpid), &from, 1, &to, 1, 0) < 0)
            messages[i].msg_len = size; /* forbidden by a sandbox: the page was readable a moment ago */
    }
    return call->act ? (long)count : 0;
}
