/*
 * What programs open most: judged by the object as everything else, in as few calls as will do.
 *
 * A file of the system is opened before it is judged. That changes nothing about it: the places
 * where this is done hold regular files and directories, and what is not one is closed again.
 */
#include "open.h"

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>

#include "baseline.h"
#include "guest.h"
#include "place.h"

#define SHORT_PATH 480

/* Neither empty names nor "." or "..": then the text says where it leads, links apart. */
static bool is_plain(const char *path) {
    for (; *path; path++)
        if (path[0] == '/' && (path[1] == '/' || path[1] == '.' || !path[1]))
            return false;
    return true;
}

static bool may_be_read(int fd, const char *path) {
    struct stat st;
    return SYS2(__NR_fstat, fd, &st) == 0 && core_baseline_reads(path, st.st_mode);
}

static long keep_if(bool allowed, long fd) {
    if (allowed) {
        core_count(2 /* read_file */);
        return fd;
    }
    SYS1(__NR_close, fd);
    return CORE_NOT_LIKELY;
}

/* Without a link on the way the path is the resolved one. */
static long open_unlinked(const struct core_opening *opening, const char *path) {
    struct open_how how = {.flags = (uint64_t)(unsigned)opening->flags, .resolve = RESOLVE_NO_SYMLINKS};
    long fd = SYS4(__NR_openat2, AT_FDCWD, path, &how, sizeof how);
    if (fd == -ELOOP || fd == -EINVAL || fd == -ENOSYS || fd == -EPERM || fd == -E2BIG)
        return CORE_NOT_LIKELY;
    return fd < 0 ? fd : keep_if(may_be_read((int)fd, path), fd);
}

static long open_linked(const struct core_opening *opening, char *path) {
    long fd = SYS4(__NR_openat, AT_FDCWD, path, opening->flags, 0);
    if (fd < 0)
        return fd;
    bool named = core_name_of((int)fd, path, SHORT_PATH) > 0;
    return keep_if(named && may_be_read((int)fd, path), fd);
}

/* A device is what its number says. Opened without what would make or cut a file that took its name. */
static long open_device(const struct core_opening *opening, const char *path) {
    struct stat before, after;
    if (SYS4(__NR_newfstatat, AT_FDCWD, path, &before, 0) || !core_baseline_device(before.st_mode, before.st_rdev))
        return CORE_NOT_LIKELY;
    if (opening->flags & (O_EXCL | O_NOFOLLOW | O_DIRECTORY))
        return CORE_NOT_LIKELY;
    long fd = SYS4(__NR_openat, AT_FDCWD, path, opening->flags & ~(O_CREAT | O_TRUNC), 0);
    if (fd < 0)
        return fd;
    bool same = !SYS2(__NR_fstat, fd, &after) && S_ISCHR(after.st_mode) && after.st_rdev == before.st_rdev;
    return keep_if(same, fd);
}

bool core_opening_only_reads(const struct core_opening *opening) {
    int changing = O_CREAT | O_TRUNC | (O_TMPFILE & ~O_DIRECTORY);
    return (opening->flags & O_ACCMODE) == O_RDONLY && !(opening->flags & changing);
}

long core_open_likely(const struct core_opening *opening) {
    char path[SHORT_PATH];
    if (!core_baseline_holds() || core_copy_text(path, opening->guest, sizeof path) <= 0)
        return CORE_NOT_LIKELY;
    bool plain = is_plain(path);
    if (plain && core_starts_with(path, "/dev/"))
        return open_device(opening, path);
    if (!core_opening_only_reads(opening))
        return CORE_NOT_LIKELY;
    if (!plain || !core_baseline_likely(path)) {
        long fd = core_open_allowed(opening, path);
        if (fd >= 0)
            core_count(2 /* read_file */);
        return fd;
    }
    long result = open_unlinked(opening, path);
    return result == CORE_NOT_LIKELY ? open_linked(opening, path) : result;
}
