#include "gate/gate.h"

/* Add what path names to the chain; false when it cannot be looked at or the chain is full. */
static bool add(struct gate_subject *subject, int dirfd, const char *path, int flags)
{
    if (subject->count == GATE_LINKS)
        return false;
    long error = aegis_identify(dirfd, path, flags, &subject->chain[subject->count]);
    if (error) {
        subject->error = error;
        return false;
    }
    subject->count++;
    return true;
}

/*
 * The interpreter that the first line names, as the kernel cuts it out of the first 256 bytes; false
 * when the file is no script or may not be read.
 */
static bool interpreter(const char *path, char line[GATE_LINE])
{
    long fd = SYS4(__NR_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK, 0);
    if (CORE_FAILED(fd))
        return false;
    long length = SYS3(__NR_read, fd, line, GATE_LINE - 1);
    SYS1(__NR_close, fd);
    if (length < 3 || line[0] != '#' || line[1] != '!')
        return false;
    line[length] = 0;
    char *from = line + 2, *to = line;
    while (*from == ' ' || *from == '\t')
        from++;
    while (*from && *from != ' ' && *from != '\t' && *from != '\n')
        *to++ = *from++;
    *to = 0;
    return to != line;
}

/* The path by which a file is opened that is known by a descriptor alone. */
static const char *opened(const struct gate_call *call, char room[64])
{
    if (!(call->flags & AT_EMPTY_PATH))
        return call->path;
    core_decimal(room + core_append(room, 64, "/proc/self/fd/"), (unsigned long)call->fd);
    return room;
}

void gate_look(const struct gate_call *call, struct gate_subject *subject)
{
    char line[GATE_LINE], room[64];
    *subject = (struct gate_subject){0};
    if (call->fd >= 0 && !add(subject, call->fd, "", AT_EMPTY_PATH))
        return;
    if (!(call->flags & AT_EMPTY_PATH) && !add(subject, AT_FDCWD, call->path, call->flags & AT_SYMLINK_NOFOLLOW))
        return;
    const char *path = opened(call, room);
    while (interpreter(path, line)) {
        subject->script = true;
        path = line;
        if (!add(subject, AT_FDCWD, path, 0))
            return;
    }
}

static bool equal(const struct aegis_identity *a, const struct aegis_identity *b)
{
    return a->device == b->device && a->inode == b->inode && a->size == b->size
        && a->modified_s == b->modified_s && a->modified_ns == b->modified_ns && a->born_s == b->born_s
        && a->born_ns == b->born_ns && a->mode == b->mode && a->uid == b->uid && a->gid == b->gid;
}

/* Where a pinned descriptor and a path were given, they are the first two and must be one file. */
bool gate_same(const struct gate_subject *before, const struct gate_subject *after)
{
    if (before->error || after->error || before->count != after->count || before->script != after->script)
        return false;
    for (int i = 0; i < before->count; i++)
        if (!equal(&before->chain[i], &after->chain[i]))
            return false;
    return true;
}
