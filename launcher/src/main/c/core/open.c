/* Opening files: judged on the object, and the very object opened. */
#include "ops.h"

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>

#include "baseline.h"
#include "connection.h"
#include "guest.h"
#include "judge.h"
#include "open.h"

#define TMPFILE (O_TMPFILE & ~O_DIRECTORY)
#define AGAIN (-5000L) /* no errno: what was to be made has come to be, start over */
#define MOST_ATTEMPTS 16
#define MOST_LINKS 40

/* Read alone, though it may have to be made first. */
static bool only_reads(int flags) {
    return (flags & O_ACCMODE) == O_RDONLY && !(flags & (O_TRUNC | TMPFILE));
}

static long pin(struct core_place *place, const struct core_opening *opening, const char *path) {
    int flags = opening->flags & (O_NOFOLLOW | O_DIRECTORY);
    if (opening->flags & O_CREAT && opening->flags & O_EXCL)
        flags |= O_NOFOLLOW;
    if (!opening->resolve)
        return core_pin_object(place, opening->dirfd, path, flags);
    struct open_how how = {.flags = (uint64_t)(O_PATH | O_CLOEXEC | flags), .resolve = opening->resolve};
    long fd = SYS4(__NR_openat2, opening->dirfd, path, &how, sizeof how);
    if (fd < 0)
        return fd;
    place->object = (int)fd;
    char link[40];
    int proc = core_descriptor_link(link, (int)fd);
    struct core_place again;
    core_place_begin(&again);
    long error = core_pin_object(&again, proc, link, 0);
    SYS1(__NR_close, fd);
    *place = again;
    place->spelled = path;
    return error;
}

static int wanted_access(int flags) {
    int mode = flags & O_ACCMODE;
    int wanted = mode == O_RDONLY ? R_OK : mode == O_WRONLY ? W_OK : R_OK | W_OK;
    if (flags & TMPFILE)
        return W_OK | X_OK;
    return flags & O_TRUNC ? wanted | W_OK : wanted;
}

/* What the kernel says of an existing object without opening it. */
static long refuse_existing(const struct core_place *place, int flags) {
    uint32_t mode = place->identity.mode;
    if (flags & O_CREAT && flags & O_EXCL)
        return -EEXIST;
    if (S_ISLNK(mode))
        return -ELOOP;
    if (S_ISDIR(mode) && !(flags & TMPFILE) && (flags & O_CREAT || !only_reads(flags)))
        return -EISDIR;
    if (S_ISSOCK(mode))
        return -ENXIO;
    return core_check_access(place->object, wanted_access(flags));
}

/* Open what was pinned, under the lowest number that is free for the program. */
static long reopen(struct core_place *place, int flags, uint32_t mode) {
    char link[40];
    place->object = core_raise(place->object);
    int proc = core_descriptor_link(link, place->object);
    return SYS4(__NR_openat, proc, link, flags & ~(O_CREAT | O_EXCL | O_NOFOLLOW), mode);
}

static long open_existing(struct core_call *call, const struct core_opening *opening, struct core_place *place) {
    long error = refuse_existing(place, opening->flags);
    if (error || (error = core_name_place(place, call->scratch->path)))
        return error;
    int kind = only_reads(opening->flags) ? CORE_READ_FILE : CORE_WRITE_FILE;
    struct core_subject subject = {.kind = kind, .place = place, .has_flags = true, .flags = (uint32_t)opening->flags};
    if ((error = core_judge_file(call, &subject)))
        return error;
    return call->act ? reopen(place, opening->flags, opening->mode) : 0;
}

/* Follow the link that the last name is: its text becomes the path, its directory the start. */
static long follow(struct core_place *place, char *path, int *base) {
    long size = SYS4(__NR_readlinkat, place->object, "", path, CORE_PATH - 1);
    if (size < 0)
        return size;
    path[size] = 0;
    if (*base >= 0)
        SYS1(__NR_close, *base);
    *base = place->parent;
    place->parent = -1;
    core_place_end(place);
    return 0;
}

/* What an existing last name means for an open that makes files: 0 when it was a link, followed. */
static long meet(const struct core_opening *opening, struct core_place *place, char *path, int *base) {
    if (!S_ISLNK(place->identity.mode))
        return AGAIN;
    if (opening->flags & O_EXCL)
        return -EEXIST;
    /* Within a restricted lookup a dangling link is not followed: stricter than the kernel. */
    return opening->flags & O_NOFOLLOW || opening->resolve ? -ELOOP : follow(place, path, base);
}

/* Pin the directory in which the file will be made; a chain of dangling links is walked here. */
static long pin_creation(struct core_call *call, const struct core_opening *opening, struct core_place *place) {
    char *path = call->scratch->text;
    const char *spelled = place->spelled;
    int base = -1;
    long error = 0;
    memcpy(path, spelled, strlen(spelled) + 1);
    for (int links = 0; !error; links++) {
        error = core_pin_name_within(place, base >= 0 ? base : opening->dirfd, path, opening->resolve);
        if (!error && place->slashed)
            error = -EISDIR;
        if (error || place->object < 0)
            break;
        error = links == MOST_LINKS ? -ELOOP : meet(opening, place, path, &base);
    }
    if (base >= 0)
        SYS1(__NR_close, base);
    place->spelled = spelled;
    return error == CORE_UNNAMED ? -EISDIR : error;
}

static long create(struct core_call *call, const struct core_opening *opening, struct core_place *place) {
    long error = pin_creation(call, opening, place);
    if (error)
        return error;
    if ((error = core_check_access(place->parent, W_OK | X_OK)))
        return error;
    if ((error = core_name_place(place, call->scratch->path)))
        return error;
    struct core_subject subject = {.kind = CORE_WRITE_FILE, .place = place, .has_flags = true, .has_mode = true,
                                   .flags = (uint32_t)opening->flags, .mode = opening->mode & 07777};
    if ((error = core_judge_file(call, &subject)))
        return error;
    if (!call->act)
        return 0;
    /* Exclusively: what has come to be in the meantime was not judged. */
    place->parent = core_raise(place->parent);
    long fd = SYS4(__NR_openat, place->parent, place->leaf, opening->flags | O_EXCL, opening->mode);
    return fd == -EEXIST && !(opening->flags & O_EXCL) ? AGAIN : fd;
}

/* No file is made under a name that ends in a slash, whatever it names; the way there must exist. */
static CORE_COLD long refuse_slashed(const struct core_opening *opening, char *path) {
    struct core_place place;
    core_place_begin(&place);
    long error = core_pin_name_within(&place, opening->dirfd, path, opening->resolve);
    core_place_end(&place);
    return error == CORE_UNNAMED ? 0 : error ? error : -EISDIR;
}

static bool makes_slashed(const struct core_opening *opening, const char *path) {
    size_t size = strlen(path);
    return opening->flags & O_CREAT && size && path[size - 1] == '/';
}

static long attempt(struct core_call *call, const struct core_opening *opening) {
    struct core_place place;
    core_place_begin(&place);
    place.spelled = call->scratch->spelled;
    long result = pin(&place, opening, place.spelled);
    if (!result)
        result = open_existing(call, opening, &place);
    else if (result == -ENOENT && opening->flags & O_CREAT && *place.spelled)
        result = create(call, opening, &place);
    core_place_end(&place);
    return result;
}

/* Flags that the kernel refuses whatever the path is; an empty path shows it without opening anything. */
static long refused_flags(const struct core_opening *opening) {
    if (!(opening->flags & TMPFILE) && (opening->flags & (O_CREAT | O_DIRECTORY)) != (O_CREAT | O_DIRECTORY))
        return 0;
    long result = SYS4(__NR_openat, AT_FDCWD, "", opening->flags, opening->mode);
    return result == -EINVAL ? result : 0;
}

static long open_judged(struct core_call *call, const struct core_opening *opening) {
    long result = refused_flags(opening);
    if (result)
        return result;
    if (!core_room(call))
        return -ENOMEM;
    result = core_copy_text(call->scratch->spelled, opening->guest, CORE_PATH);
    if (result < 0)
        return result;
    if (makes_slashed(opening, call->scratch->spelled) && (result = refuse_slashed(opening, call->scratch->spelled)))
        return result;
    for (int attempts = 0; attempts < MOST_ATTEMPTS; attempts++) {
        result = attempt(call, opening);
        if (result != AGAIN)
            return result;
    }
    return -EAGAIN;
}

long core_open(struct core_call *call) {
    const struct core_op *op = call->op;
    struct core_opening opening = {.dirfd = core_dir(call, op->dir), .guest = (const char *)core_arg(call, op->path),
                              .flags = core_flags(call), .mode = (uint32_t)core_arg(call, op->value)};
    /* A descriptor that only stands for a place is judged when something is done with it. */
    if (opening.flags & O_PATH)
        return call->act ? core_as_it_is(call) : 0;
    long result = call->act ? core_open_likely(&opening) : CORE_NOT_LIKELY;
    if (result != CORE_NOT_LIKELY)
        return result;
    return open_judged(call, &opening);
}

long core_openat2(struct core_call *call) {
    struct open_how how;
    long result = SYS4(__NR_openat2, AT_FDCWD, "", call->args[2], call->args[3]);
    if (result != -ENOENT)
        return result; /* the kernel does not like how, or does not know the call */
    if (core_copy(&how, (const void *)call->args[2], sizeof how))
        return -EFAULT;
    if (how.flags & O_PATH)
        return call->act ? core_as_it_is(call) : 0;
    struct core_opening opening = {.dirfd = (int)call->args[0], .guest = (const char *)call->args[1],
                              .flags = (int)how.flags, .mode = (uint32_t)how.mode, .resolve = how.resolve};
    return open_judged(call, &opening);
}

long core_open_handle(struct core_call *call) {
    struct core_place place;
    core_place_begin(&place);
    long fd = SYS3(__NR_open_by_handle_at, call->args[0], call->args[1], O_PATH | O_CLOEXEC);
    if (fd < 0)
        return fd;
    struct core_opening opening = {.flags = (int)call->args[2]};
    long result = core_room(call) ? core_pin_descriptor(&place, (int)fd) : -ENOMEM;
    SYS1(__NR_close, fd);
    if (!result)
        result = open_existing(call, &opening, &place);
    core_place_end(&place);
    return result;
}
