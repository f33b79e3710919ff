/* One name in one directory: taken away, or made. */
#include "ops.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "connection.h"
#include "guest.h"
#include "judge.h"

#define MOST_ATTEMPTS 4
#define CHANGED (-5000L) /* no errno: the name has come to mean something else, start over */

/* Directories that still hold something are refused by the kernel; nobody is to be asked about them. */
static bool holds_entries(int directory) {
    char entries[512];
    long fd = SYS4(__NR_openat, directory, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
    if (fd < 0)
        return false;
    int count = 0;
    long size;
    while (count <= 2 && (size = SYS3(__NR_getdents64, fd, entries, sizeof entries)) > 0)
        for (long at = 0; at < size; count++) {
            uint16_t step;
            memcpy(&step, entries + at + 16, sizeof step);
            at += step;
        }
    SYS1(__NR_close, fd);
    return count > 2;
}

/* In the kernel's order. */
static long refuse_removal(const struct core_place *place, int flags) {
    if (place->object < 0)
        return -ENOENT;
    bool directory = S_ISDIR(place->identity.mode);
    if (place->slashed && !(flags & AT_REMOVEDIR))
        return directory ? -EISDIR : -ENOTDIR;
    long error = core_check_access(place->parent, W_OK | X_OK);
    if (error)
        return error;
    if (flags & AT_REMOVEDIR)
        return !directory ? -ENOTDIR : holds_entries(place->object) ? -ENOTEMPTY : 0;
    return directory ? -EISDIR : 0;
}

static long remove_pinned(struct core_call *call, struct core_place *place, int flags) {
    long error = refuse_removal(place, flags);
    if (!error)
        error = core_name_place(place, call->scratch->path);
    struct core_subject subject = {.kind = CORE_DELETE_FILE, .place = place};
    if (!error)
        error = core_judge_file(call, &subject);
    if (error || !call->act)
        return error;
    if (!core_still_there(place))
        return CHANGED;
    return SYS3(__NR_unlinkat, place->parent, place->leaf, flags);
}

/* Copy and pin the name at argument `path`; the caller ends the place. */
static long pin(struct core_call *call, struct core_place *place) {
    if (!core_room(call))
        return -ENOMEM;
    long size = core_copy_text(call->scratch->spelled, (const char *)core_arg(call, call->op->path), CORE_PATH);
    if (size < 0)
        return size;
    return core_pin_name(place, core_dir(call, call->op->dir), call->scratch->spelled);
}

static long remove_once(struct core_call *call, int flags) {
    struct core_place place;
    core_place_begin(&place);
    long result = pin(call, &place);
    if (result == CORE_UNNAMED)
        result = SYS3(__NR_unlinkat, core_dir(call, call->op->dir), call->scratch->spelled, flags);
    else if (!result)
        result = remove_pinned(call, &place, flags);
    core_place_end(&place);
    return result;
}

long core_remove(struct core_call *call) {
    int flags = core_flags(call);
    if (flags & ~AT_REMOVEDIR)
        return -EINVAL;
    long result = CHANGED;
    for (int attempts = 0; result == CHANGED && attempts < MOST_ATTEMPTS; attempts++)
        result = remove_once(call, flags);
    return result == CHANGED ? -EBUSY : result;
}

static bool makes_directory(const struct core_call *call) {
    return call->op->number == __NR_mkdir || call->op->number == __NR_mkdirat;
}

static long make(const struct core_call *call, int dirfd, const char *name) {
    const struct core_op *op = call->op;
    long mode = core_arg(call, op->value);
    return makes_directory(call) ? SYS3(__NR_mkdirat, dirfd, name, mode)
                                 : SYS4(__NR_mknodat, dirfd, name, mode, call->args[op->value + 1]);
}

/* What cannot be made, in the kernel's order. */
static long refuse_making(const struct core_call *call, const struct core_place *place) {
    if (place->object >= 0)
        return -EEXIST;
    if (place->slashed && !makes_directory(call))
        return -ENOENT;
    return core_check_access(place->parent, W_OK | X_OK);
}

/* The kernel looks at the type of a node before it looks for its place. */
static long refuse_type(const struct core_call *call) {
    static const unsigned made[] = {0, S_IFREG, S_IFCHR, S_IFBLK, S_IFIFO, S_IFSOCK};
    if (makes_directory(call))
        return 0;
    unsigned type = (unsigned)core_arg(call, call->op->value) & S_IFMT;
    for (size_t i = 0; i < sizeof made / sizeof *made; i++)
        if (type == made[i])
            return 0;
    return type == S_IFDIR ? -EPERM : -EINVAL;
}

long core_create(struct core_call *call) {
    struct core_place place;
    core_place_begin(&place);
    long result = refuse_type(call);
    if (!result)
        result = pin(call, &place);
    if (result == CORE_UNNAMED)
        result = make(call, core_dir(call, call->op->dir), call->scratch->spelled);
    else if (!result && !(result = refuse_making(call, &place)) &&
             !(result = core_name_place(&place, call->scratch->path))) {
        struct core_subject subject = {.kind = CORE_WRITE_FILE, .place = &place, .has_mode = true,
                                       .mode = (uint32_t)core_arg(call, call->op->value)};
        result = core_judge_file(call, &subject);
        if (!result && call->act)
            result = make(call, place.parent, place.leaf);
    }
    core_place_end(&place);
    return result;
}

long core_symlink(struct core_call *call) {
    struct core_place place;
    core_place_begin(&place);
    if (!core_room(call))
        return -ENOMEM;
    char *text = call->scratch->text;
    long result = core_copy_text(text, (const char *)core_arg(call, call->op->path2), CORE_PATH);
    if (result >= 0)
        result = *text ? pin(call, &place) : -ENOENT;
    if (result == CORE_UNNAMED)
        result = SYS3(__NR_symlinkat, text, core_dir(call, call->op->dir), call->scratch->spelled);
    else if (!result && !(result = refuse_making(call, &place)) &&
             !(result = core_name_place(&place, call->scratch->path))) {
        struct core_subject subject = {.kind = CORE_WRITE_FILE, .place = &place, .text = text};
        result = core_judge_file(call, &subject);
        if (!result && call->act)
            result = SYS3(__NR_symlinkat, text, place.parent, place.leaf);
    }
    core_place_end(&place);
    return result;
}
