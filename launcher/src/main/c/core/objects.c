/* What a file is like: mode, owner, attributes, size. Done to the object that was judged. */
#include "ops.h"

#include <fcntl.h>
#include <sys/stat.h>

#include "guest.h"
#include "judge.h"

/* Where the path may be empty and the descriptor be meant. */
static bool means_descriptor(const struct core_call *call, const char *path, int flags) {
    return !*path && flags & AT_EMPTY_PATH && call->op->dir >= 0;
}

static long pin(struct core_call *call, struct core_place *place, int flags) {
    if (!core_room(call))
        return -ENOMEM;
    char *path = call->scratch->spelled;
    long size = core_copy_text(path, (const char *)core_arg(call, call->op->path), CORE_PATH);
    if (size < 0)
        return size;
    int dirfd = core_dir(call, call->op->dir);
    if (means_descriptor(call, path, flags) && dirfd != AT_FDCWD)
        return core_pin_descriptor(place, dirfd);
    return core_pin_object(place, dirfd, means_descriptor(call, path, flags) ? "." : path,
                           flags & AT_SYMLINK_NOFOLLOW ? O_NOFOLLOW : 0);
}

/* A call on a path does its work on the link of the descriptor in /proc, which leads to the object itself. */
static long on_link(const struct core_call *call, long nr, const char *link) {
    const long *a = call->args;
    return SYS5(nr, link, a[1], a[2], a[3], a[4]);
}

static long set_mode(const struct core_call *call, const struct core_place *place, const char *link) {
    long mode = core_arg(call, call->op->value);
    if (!S_ISLNK(place->identity.mode))
        return SYS3(__NR_fchmodat, AT_FDCWD, link, mode);
    return SYS4(__NR_fchmodat2, place->object, "", mode, AT_EMPTY_PATH);
}

static long set_owner(const struct core_call *call, const struct core_place *place) {
    int first = call->op->path + 1;
    return SYS5(__NR_fchownat, place->object, "", call->args[first], call->args[first + 1], AT_EMPTY_PATH);
}

/* Attributes of a symbolic link are reached through no descriptor: by our copy of the path, then. */
static long set_attribute(const struct core_call *call, const struct core_place *place, const char *link) {
    static const struct {
        uint16_t named, followed;
    } twins[] = {{__NR_lsetxattr, __NR_setxattr}, {__NR_lremovexattr, __NR_removexattr}};
    uint16_t nr = call->op->number;
    for (unsigned i = 0; i < sizeof twins / sizeof *twins; i++)
        if (nr == twins[i].named && S_ISLNK(place->identity.mode))
            return on_link(call, nr, call->scratch->spelled);
        else if (nr == twins[i].named)
            nr = twins[i].followed;
    return on_link(call, nr, link);
}

/* The newer calls take a directory, a path and flags: given the link instead, which is followed. */
static long at_link(const struct core_call *call, const struct core_place *place, const char *link) {
    const long *a = call->args;
    bool symbolic = S_ISLNK(place->identity.mode);
    int flags = core_flags(call) & ~(symbolic ? AT_SYMLINK_NOFOLLOW : AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH);
    const char *path = symbolic ? call->scratch->spelled : link;
    long dir = symbolic ? a[0] : AT_FDCWD;
    if (call->op->number == __NR_file_setattr)
        return SYS5(__NR_file_setattr, dir, path, a[2], a[3], flags);
    return SYS6(call->op->number, dir, path, flags, a[3], a[4], a[5]);
}

static long carry_out(const struct core_call *call, const struct core_place *place) {
    char link[40];
    core_descriptor_path(link, place->object);
    switch (call->op->number) {
    case __NR_truncate: return on_link(call, __NR_truncate, link);
    case __NR_chmod:
    case __NR_fchmodat:
    case __NR_fchmodat2: return set_mode(call, place, link);
    case __NR_chown:
    case __NR_lchown:
    case __NR_fchownat: return set_owner(call, place);
    case __NR_setxattrat:
    case __NR_removexattrat:
    case __NR_file_setattr: return at_link(call, place, link);
    default: return set_attribute(call, place, link);
    }
}

static long judge(struct core_call *call, struct core_place *place) {
    long error = core_name_place(place, call->scratch->path);
    struct core_subject subject = {.kind = call->op->kind, .place = place, .has_mode = call->op->value >= 0 && call->op->kind == CORE_CHANGE_MODE,
                                   .mode = (uint32_t)core_arg(call, call->op->value) & 07777};
    return error ? error : core_judge_file(call, &subject);
}

static long refuse_change(const struct core_call *call, const struct core_place *place) {
    if (call->op->number != __NR_truncate)
        return 0;
    if (S_ISDIR(place->identity.mode))
        return -EISDIR;
    if (!S_ISREG(place->identity.mode))
        return -EINVAL;
    return core_check_access(place->object, W_OK);
}

long core_change(struct core_call *call) {
    int flags = core_flags(call);
    if (call->op->flags >= 0 && flags & ~(AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH | AT_NO_AUTOMOUNT))
        return -EINVAL;
    if (call->op->number == __NR_truncate && core_arg(call, call->op->value) < 0)
        return -EINVAL; /* before the path is looked at */
    struct core_place place;
    core_place_begin(&place);
    long result = pin(call, &place, flags);
    if (!result)
        result = refuse_change(call, &place);
    if (!result)
        result = judge(call, &place);
    if (!result && call->act)
        result = carry_out(call, &place);
    core_place_end(&place);
    return result;
}

long core_change_open(struct core_call *call) {
    int fd = (int)call->args[0];
    long status = SYS2(__NR_fcntl, fd, F_GETFL);
    if (status < 0)
        return status;
    struct core_place place;
    core_place_begin(&place);
    long result = status & O_PATH ? -EBADF : core_room(call) ? core_pin_descriptor(&place, fd) : -ENOMEM;
    if (!result)
        result = core_name_place(&place, call->scratch->path);
    /* Pipes, sockets and memory files are the process's own. */
    bool own = !result && (place.path[0] != '/' || core_starts_with(place.path, "/memfd:"));
    if (!result && !own)
        result = judge(call, &place);
    core_place_end(&place);
    return !result && call->act ? core_as_it_is(call) : result;
}
