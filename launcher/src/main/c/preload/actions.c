#include "preload.h"

#include "actions.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAGIC 0x6165676973666131ULL

enum kind { OPENS, CLOSES, DUPLICATES, ENTERS, ENTERS_DESCRIPTOR };

struct action {
    enum kind kind;
    int fd;
    int newfd;
    int flags;
    mode_t mode;
    char *path;
};

struct record {
    unsigned count, room;
    struct action list[];
};

struct corner {
    uint64_t magic;
    struct record *record;
};

static struct corner read_corner(const posix_spawn_file_actions_t *actions) {
    struct corner corner;
    memcpy(&corner, (const char *)(actions + 1) - sizeof corner, sizeof corner);
    return corner.magic == MAGIC ? corner : (struct corner){0};
}

static void write_corner(posix_spawn_file_actions_t *actions, struct record *record) {
    struct corner corner = {record ? MAGIC : 0, record};
    memcpy((char *)(actions + 1) - sizeof corner, &corner, sizeof corner);
}

/* Room for one more, before libc is asked: adding must fail as a whole or not at all. */
static struct record *make_room(posix_spawn_file_actions_t *actions) {
    struct record *record = read_corner(actions).record;
    if (record && record->count < record->room)
        return record;
    unsigned room = record ? record->room * 2 : 8;
    struct record *larger = realloc(record, sizeof *larger + room * sizeof larger->list[0]);
    if (!larger)
        return NULL;
    if (!record)
        larger->count = 0;
    larger->room = room;
    write_corner(actions, larger);
    return larger;
}

EXPORT int posix_spawn_file_actions_init(posix_spawn_file_actions_t *actions) {
    aegis_ready();
    int error = aegis_real.posix_spawn_file_actions_init(actions);
    if (!error)
        write_corner(actions, NULL);
    return error;
}

EXPORT int posix_spawn_file_actions_destroy(posix_spawn_file_actions_t *actions) {
    aegis_ready();
    struct record *record = read_corner(actions).record;
    for (unsigned i = 0; record && i < record->count; i++)
        free(record->list[i].path);
    free(record);
    write_corner(actions, NULL);
    return aegis_real.posix_spawn_file_actions_destroy(actions);
}

/* Remember what libc has just added; its error is the caller's. */
static int note(struct record *record, int error, struct action action) {
    if (error)
        free(action.path);
    else
        record->list[record->count++] = action;
    return error;
}

EXPORT int posix_spawn_file_actions_addclose(posix_spawn_file_actions_t *actions, int fd) {
    aegis_ready();
    struct record *record = make_room(actions);
    if (!record)
        return ENOMEM;
    return note(record, aegis_real.posix_spawn_file_actions_addclose(actions, fd),
                (struct action){.kind = CLOSES, .fd = fd});
}

EXPORT int posix_spawn_file_actions_adddup2(posix_spawn_file_actions_t *actions, int fd, int newfd) {
    aegis_ready();
    struct record *record = make_room(actions);
    if (!record)
        return ENOMEM;
    return note(record, aegis_real.posix_spawn_file_actions_adddup2(actions, fd, newfd),
                (struct action){.kind = DUPLICATES, .fd = fd, .newfd = newfd});
}

EXPORT int posix_spawn_file_actions_addfchdir_np(posix_spawn_file_actions_t *actions, int fd) {
    aegis_ready();
    struct record *record = make_room(actions);
    if (!record)
        return ENOMEM;
    return note(record, aegis_real.posix_spawn_file_actions_addfchdir_np(actions, fd),
                (struct action){.kind = ENTERS_DESCRIPTOR, .fd = fd});
}

EXPORT int posix_spawn_file_actions_addopen(posix_spawn_file_actions_t *actions, int fd, const char *path, int flags,
                                            mode_t mode) {
    aegis_ready();
    struct record *record = make_room(actions);
    char *copy = record ? strdup(path) : NULL;
    if (!copy)
        return ENOMEM;
    return note(record, aegis_real.posix_spawn_file_actions_addopen(actions, fd, path, flags, mode),
                (struct action){.kind = OPENS, .fd = fd, .flags = flags, .mode = mode, .path = copy});
}

EXPORT int posix_spawn_file_actions_addchdir_np(posix_spawn_file_actions_t *actions, const char *path) {
    aegis_ready();
    struct record *record = make_room(actions);
    char *copy = record ? strdup(path) : NULL;
    if (!copy)
        return ENOMEM;
    return note(record, aegis_real.posix_spawn_file_actions_addchdir_np(actions, path),
                (struct action){.kind = ENTERS, .path = copy});
}

ANOTHER_NAME(posix_spawn_file_actions_addchdir, posix_spawn_file_actions_addchdir_np);
ANOTHER_NAME(posix_spawn_file_actions_addfchdir, posix_spawn_file_actions_addfchdir_np);

/* Enter path as chdir would, from the directory so far. */
static long enter(struct aegis_directory *directory, const char *path) {
    size_t used = *path != '/' && directory->changed ? strlen(directory->path) : 0;
    size_t length = strlen(path);
    if (used + length + 2 > sizeof directory->path)
        return -ENAMETOOLONG;
    if (used)
        directory->path[used++] = '/';
    memcpy(directory->path + used, path, length + 1);
    directory->changed = 1;
    return 0;
}

/* What fd stands for in the child just before action number upto: an earlier open, or a parent's fd. */
static long enter_descriptor(struct aegis_directory *directory, const struct record *record, unsigned upto, int fd) {
    for (unsigned i = upto; i-- > 0;) {
        const struct action *action = &record->list[i];
        if (action->kind == DUPLICATES && action->newfd == fd)
            fd = action->fd;
        else if (action->kind == OPENS && action->fd == fd)
            return enter(directory, action->path);
        else if (action->kind == CLOSES && action->fd == fd)
            return -EBADF;
    }
    char link[40], target[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    long length = SYS4(SYS_readlinkat, AT_FDCWD, link, target, sizeof target - 1);
    if (length < 0)
        return -EBADF;
    target[length] = 0;
    return enter(directory, target);
}

static long judge_open(const struct aegis_directory *directory, const struct action *action) {
    if (!directory->changed || *action->path == '/')
        return ASK(SYS_openat, AT_FDCWD, action->path, action->flags, action->mode);
    long dir = SYS4(SYS_openat, AT_FDCWD, directory->path, O_PATH | O_DIRECTORY | O_CLOEXEC, 0);
    if (dir < 0)
        return dir;
    long refused = ASK(SYS_openat, dir, action->path, action->flags, action->mode);
    SYS1(SYS_close, dir);
    return refused;
}

long aegis_actions_judge(const posix_spawn_file_actions_t *actions, struct aegis_directory *directory) {
    directory->changed = 0;
    const struct record *record = actions ? read_corner(actions).record : NULL;
    long error = 0;
    for (unsigned i = 0; !error && record && i < record->count; i++) {
        const struct action *action = &record->list[i];
        switch (action->kind) {
        case OPENS: error = judge_open(directory, action); break;
        case ENTERS: error = enter(directory, action->path); break;
        case ENTERS_DESCRIPTOR: error = enter_descriptor(directory, record, i, action->fd); break;
        case CLOSES:
        case DUPLICATES: break;
        }
    }
    return error;
}
