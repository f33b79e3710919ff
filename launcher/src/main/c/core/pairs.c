/* Two names at once: renaming and hard links. Both objects are judged, since a new name launders an old one. */
#include "ops.h"

#include <fcntl.h>
#include <linux/fs.h>
#include <sys/stat.h>

#include "guard.h"
#include "guest.h"
#include "judge.h"

#define MOST_ATTEMPTS 4
#define CHANGED (-5000L) /* no errno: a name has come to mean something else, start over */
#define RENAME_FLAGS (RENAME_NOREPLACE | RENAME_EXCHANGE | RENAME_WHITEOUT)

static long copy_both(struct core_call *call) {
    if (!core_room(call))
        return -ENOMEM;
    long size = core_copy_text(call->scratch->spelled, (const char *)core_arg(call, call->op->path), CORE_PATH);
    if (size >= 0)
        size = core_copy_text(call->scratch->other_spelled, (const char *)core_arg(call, call->op->path2), CORE_PATH);
    return size < 0 ? size : 0;
}

/* A directory does not go below itself, nor over one that it lies in. */
static long refuse_loop(const struct core_place *from, const struct core_place *to, int flags) {
    if (core_equal(from->path, to->path))
        return 0;
    if (S_ISDIR(from->identity.mode) && core_within(to->path, from->path))
        return -EINVAL;
    if (to->object >= 0 && S_ISDIR(to->identity.mode) && core_within(from->path, to->path))
        return flags & RENAME_EXCHANGE ? -EINVAL : -ENOTEMPTY;
    return 0;
}

/* What the kernel refuses before it looks at permissions, in its order. */
static long refuse_rename(const struct core_place *from, const struct core_place *to, int flags) {
    struct core_object a, b;
    if (core_object_of(from->parent, "", AT_EMPTY_PATH, &a) && core_object_of(to->parent, "", AT_EMPTY_PATH, &b) &&
        a.mount != b.mount)
        return -EXDEV;
    if (from->object < 0)
        return -ENOENT;
    if (flags & RENAME_NOREPLACE && to->object >= 0)
        return -EEXIST;
    if (flags & RENAME_EXCHANGE && to->object < 0)
        return -ENOENT;
    bool directory = S_ISDIR(from->identity.mode);
    if (!directory && (from->slashed || (to->slashed && !(flags & RENAME_EXCHANGE))))
        return -ENOTDIR;
    long error = refuse_loop(from, to, flags);
    if (error)
        return error;
    if (to->object >= 0 && !(flags & RENAME_EXCHANGE)) {
        if (directory && !S_ISDIR(to->identity.mode))
            return -ENOTDIR;
        if (!directory && S_ISDIR(to->identity.mode))
            return -EISDIR;
    }
    error = core_check_access(from->parent, W_OK | X_OK);
    return error ? error : core_check_access(to->parent, W_OK | X_OK);
}

static long rename_pinned(struct core_call *call, struct core_place *from, struct core_place *to, int flags) {
    long error = core_name_place(from, call->scratch->path);
    if (!error)
        error = core_name_place(to, call->scratch->other_path);
    if (!error)
        error = refuse_rename(from, to, flags);
    struct core_subject subject = {.kind = CORE_MOVE_FILE, .place = from, .other = to};
    if (!error)
        error = core_judge_file(call, &subject);
    if (error || !call->act)
        return error;
    if (!core_still_there(from) || !core_still_there(to))
        return CHANGED;
    return SYS5(__NR_renameat2, from->parent, from->leaf, to->parent, to->leaf, flags);
}

static long rename_once(struct core_call *call, int flags) {
    int from_dir = core_dir(call, call->op->dir), to_dir = core_dir(call, call->op->dir2);
    struct core_place from, to;
    core_place_begin(&from);
    core_place_begin(&to);
    long result = copy_both(call), second = 0;
    if (!result) {
        result = core_pin_name(&from, from_dir, call->scratch->spelled);
        /* The kernel looks both directories up before it looks at any name. */
        if (result >= 0)
            second = core_pin_name(&to, to_dir, call->scratch->other_spelled);
        if (second < 0)
            result = second;
    }
    if (result == CORE_UNNAMED || (!result && second == CORE_UNNAMED))
        result = SYS5(__NR_renameat2, from_dir, call->scratch->spelled, to_dir, call->scratch->other_spelled, flags);
    else if (!result)
        result = rename_pinned(call, &from, &to, flags);
    core_place_end(&from);
    core_place_end(&to);
    return result;
}

long core_rename(struct core_call *call) {
    int flags = core_flags(call);
    if (flags & ~RENAME_FLAGS || (flags & RENAME_EXCHANGE && flags & (RENAME_NOREPLACE | RENAME_WHITEOUT)))
        return -EINVAL;
    long result = CHANGED;
    for (int attempts = 0; result == CHANGED && attempts < MOST_ATTEMPTS; attempts++)
        result = rename_once(call, flags);
    return result == CHANGED ? -EBUSY : result;
}

/* The source of a link: the object of path2, or of a descriptor with AT_EMPTY_PATH. */
static long pin_source(struct core_call *call, struct core_place *source, int flags) {
    int dirfd = core_dir(call, call->op->dir2);
    char *path = call->scratch->other_spelled;
    if (!*path && flags & AT_EMPTY_PATH)
        return core_pin_descriptor(source, dirfd);
    return core_pin_object(source, dirfd, path, flags & AT_SYMLINK_FOLLOW ? 0 : O_NOFOLLOW);
}

static long refuse_link(const struct core_place *source, const struct core_place *target) {
    struct core_object parent;
    if (target->object >= 0)
        return -EEXIST;
    if (target->slashed)
        return -ENOENT;
    if (core_object_of(target->parent, "", AT_EMPTY_PATH, &parent) && parent.mount != source->mount)
        return -EXDEV;
    if (S_ISDIR(source->identity.mode))
        return -EPERM;
    return core_check_access(target->parent, W_OK | X_OK);
}

static long link_pinned(struct core_call *call, struct core_place *source, struct core_place *target) {
    long error = refuse_link(source, target);
    if (!error)
        error = core_name_place(target, call->scratch->path);
    if (!error)
        error = core_name_place(source, call->scratch->other_path);
    struct core_subject subject = {.kind = CORE_WRITE_FILE, .place = target, .other = source};
    if (!error)
        error = core_judge_file(call, &subject);
    if (error || !call->act)
        return error;
    char link[40];
    int proc = core_descriptor_link(link, source->object);
    return SYS5(__NR_linkat, proc, link, target->parent, target->leaf, AT_SYMLINK_FOLLOW);
}

long core_link(struct core_call *call) {
    int flags = core_flags(call);
    if (flags & ~(AT_SYMLINK_FOLLOW | AT_EMPTY_PATH))
        return -EINVAL;
    struct core_place source, target;
    core_place_begin(&source);
    core_place_begin(&target);
    long result = copy_both(call);
    if (!result)
        result = pin_source(call, &source, flags);
    if (!result)
        result = core_pin_name(&target, core_dir(call, call->op->dir), call->scratch->spelled);
    if (result == CORE_UNNAMED)
        result = -EEXIST;
    else if (!result)
        result = link_pinned(call, &source, &target);
    core_place_end(&source);
    core_place_end(&target);
    return result;
}
