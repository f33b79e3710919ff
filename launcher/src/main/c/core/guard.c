#include "guard.h"

#include <fcntl.h>
#include <sys/stat.h>

#define DEEPEST 128

bool core_within(const char *path, const char *directory) {
    size_t size = strlen(directory);
    if (!size || !core_starts_with(path, directory))
        return false;
    return !path[size] || path[size] == '/' || directory[size - 1] == '/';
}

/* An ancestor of what lies under another directory is that directory's, too, when it is renamed or unmounted. */
static bool touches(const char *path, const char *directory, bool changes) {
    return core_within(path, directory) || (changes && *directory && core_within(directory, path));
}

static bool same(const struct statx *st, const struct core_object *object) {
    return object->known && st->stx_ino == object->inode &&
           ((uint64_t)st->stx_dev_major << 32 | st->stx_dev_minor) == object->device;
}

static bool on(const struct core_place *place, const struct core_object *object) {
    return place->mount && place->mount == object->mount;
}

/* Another name needs another mount of the same device; the mounts of the start have the names of the start. */
static bool names_suffice(const struct core_place *place) {
    const struct core_object *home = &core_image.home, *run = &core_image.run;
    if (!home->known || !run->known)
        return false;
    if (place->device != home->device && place->device != run->device)
        return true;
    return !core_image.moved && (on(place, home) || on(place, run));
}

/* Climb from the directory at fd to the root and look for the state by inode, under whatever name. */
static CORE_COLD bool climbs_to_state(int fd) {
    char up[DEEPEST * 3 + 1] = ".";
    size_t size = 1;
    uint64_t last_inode = 0, last_device = 0;
    for (int level = 0; level < DEEPEST; level++) {
        struct statx st;
        if (SYS5(__NR_statx, fd, up, 0, STATX_INO, &st))
            return false;
        if (same(&st, &core_image.home) || same(&st, &core_image.run))
            return true;
        uint64_t device = (uint64_t)st.stx_dev_major << 32 | st.stx_dev_minor;
        if (st.stx_ino == last_inode && device == last_device)
            return false;
        last_inode = st.stx_ino;
        last_device = device;
        if (size + 3 >= sizeof up)
            return false;
        size += core_append(up + size, sizeof up - size, "/..");
    }
    return false;
}

/* The directory that holds the named object; the path is cut for a moment, it is ours. */
static long open_holder(const struct core_place *place) {
    char *path = (char *)place->path, *end = path + strlen(path);
    while (end > path && *end != '/')
        end--;
    char cut = end[1];
    end[1] = 0;
    long fd = SYS4(__NR_openat, AT_FDCWD, path, O_PATH | O_DIRECTORY | O_CLOEXEC, 0);
    end[1] = cut;
    return fd;
}

/* Climb from the directory that was pinned; for another object, from the one that holds it. */
static bool under_state(const struct core_place *place) {
    bool directory = place->object >= 0 && S_ISDIR(place->identity.mode);
    if (place->parent >= 0)
        return climbs_to_state(place->parent) || (directory && climbs_to_state(place->object));
    if (directory)
        return climbs_to_state(place->object);
    if (place->path[0] != '/')
        return false;
    long fd = open_holder(place);
    if (fd < 0)
        return false;
    bool under = climbs_to_state((int)fd);
    SYS1(__NR_close, fd);
    return under;
}

const char *core_guard(const struct core_place *place, bool changes) {
    const struct core_page *page = core_image.page;
    if (!page)
        return NULL;
    if (touches(place->path, page->home, changes && place->parent >= 0))
        return "the state of Aegis may not be touched by what it supervises";
    if (touches(place->path, page->run, changes && place->parent >= 0))
        return "the run directory of Aegis may not be touched by what it supervises";
    if (changes && core_within(place->path, page->distribution))
        return "the installed Aegis may not be changed by what it supervises";
    if (!names_suffice(place) && under_state(place))
        return "the state of Aegis, under another name, may not be touched by what it supervises";
    return NULL;
}
