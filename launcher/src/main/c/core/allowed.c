/*
 * Opening what the snapshot lets everybody read: the name that was written, put behind the name of its
 * directory, is the name of the object when no link is on the way.
 *
 * As in likely.c the file is opened before it is judged for good; that it is regular, and that its name
 * says nothing against it, is known before.
 */
#include "open.h"

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>

#include "guard.h"
#include "place.h"
#include "snapshot.h"

#define ROOM 512 /* longer paths go the long way */

/* The name of the directory that a relative path starts from; 0 when it has none. */
static size_t name_base(const struct core_opening *opening, char *to, size_t room) {
    if (opening->dirfd != AT_FDCWD) {
        long size = core_name_of(opening->dirfd, to, room);
        return size > 0 && *to == '/' ? (size_t)size : 0;
    }
    long size = SYS2(__NR_getcwd, to, room);
    return size > 1 && *to == '/' ? (size_t)size - 1 : 0;
}

/* Append the names of path, without what means nothing; 0 when it climbs or does not fit. */
static size_t append_names(char *to, size_t size, const char *path) {
    while (size && to[size - 1] == '/')
        size--;
    while (*path) {
        size_t name = 0;
        while (path[name] && path[name] != '/')
            name++;
        bool here = !name || (name == 1 && *path == '.');
        if ((name == 2 && path[0] == '.' && path[1] == '.') || size + name + 2 > ROOM)
            return 0;
        if (!here) {
            to[size++] = '/';
            memcpy(to + size, path, name);
            size += name;
        }
        path += name + (path[name] == '/');
    }
    if (!size)
        to[size++] = '/';
    to[size] = 0;
    return size;
}

static bool name_whole(const struct core_opening *opening, const char *written, char *to) {
    size_t size = *written == '/' ? 0 : name_base(opening, to, ROOM);
    return (*written == '/' || size) && append_names(to, size, written);
}

static bool is_ordinary(uint32_t mode) {
    return S_ISREG(mode) || S_ISDIR(mode);
}

/* What opens at once and does nothing by being opened: 0, or why not. */
static long look(const struct core_opening *opening, const char *written) {
    struct stat st;
    if (opening->flags & O_DIRECTORY)
        return 0;
    long error = SYS4(__NR_newfstatat, opening->dirfd, written, &st, AT_SYMLINK_NOFOLLOW);
    return error ? (error == -ENOENT ? error : CORE_NOT_LIKELY) : is_ordinary(st.st_mode) ? 0 : CORE_NOT_LIKELY;
}

static bool is_kept(int fd, const char *path) {
    struct core_place place;
    core_place_begin(&place);
    place.path = path;
    return !core_place_identify(&place, fd) && is_ordinary(place.identity.mode) && !core_guard(&place, false);
}

long core_open_allowed(const struct core_opening *opening, const char *written) {
    char path[ROOM];
    if (!*written || opening->resolve || !name_whole(opening, written, path))
        return CORE_NOT_LIKELY;
    unsigned wanted = core_spelled_alike(path, written) ? CORE_SNAPSHOT_ALLOWS : CORE_SNAPSHOT_ALLOWS_OTHERWISE_SPELLED;
    if (!(core_snapshot_answer(2 /* read_file */, path) & wanted))
        return CORE_NOT_LIKELY;
    long error = look(opening, written);
    if (error)
        return error;
    struct open_how how = {.flags = (uint64_t)(unsigned)opening->flags, .resolve = RESOLVE_NO_SYMLINKS};
    long fd = SYS4(__NR_openat2, opening->dirfd, written, &how, sizeof how);
    if (fd < 0)
        return fd == -ENOENT || fd == -EACCES || fd == -ENOTDIR || fd == -EMFILE ? fd : CORE_NOT_LIKELY;
    if (is_kept((int)fd, path))
        return fd;
    SYS1(__NR_close, fd);
    return CORE_NOT_LIKELY;
}
