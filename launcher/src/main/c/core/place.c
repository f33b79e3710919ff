#include "place.h"

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>

#include "connection.h"

#define PIN (O_PATH | O_CLOEXEC)
#define BASIC_IDENTITY (STATX_BASIC_STATS | STATX_BTIME | STATX_MNT_ID)
#define DEEPEST 64

uint64_t core_device(uint32_t major, uint32_t minor) {
    return (uint64_t)(major & 0xfff) << 8 | (uint64_t)(major & ~0xfffu) << 32 | (minor & 0xff) |
           (uint64_t)(minor & ~0xffu) << 12;
}

static void keep(struct aegis_identity *identity, const struct statx *st) {
    *identity = (struct aegis_identity){
        .device = core_device(st->stx_dev_major, st->stx_dev_minor), .inode = st->stx_ino, .size = st->stx_size,
        .modified_s = st->stx_mtime.tv_sec, .modified_ns = st->stx_mtime.tv_nsec,
        .mode = st->stx_mode, .links = st->stx_nlink, .uid = st->stx_uid, .gid = st->stx_gid};
    if (st->stx_mask & STATX_BTIME) {
        identity->born_s = st->stx_btime.tv_sec;
        identity->born_ns = st->stx_btime.tv_nsec;
    }
}

long aegis_identify(int dirfd, const char *path, int flags, struct aegis_identity *identity) {
    struct statx st;
    long error = SYS5(__NR_statx, dirfd, path, flags, BASIC_IDENTITY, &st);
    if (!error)
        keep(identity, &st);
    return error;
}

static long identify(struct core_place *place, int fd, bool is_object) {
    struct statx st;
    long error = SYS5(__NR_statx, fd, "", AT_EMPTY_PATH, BASIC_IDENTITY, &st);
    if (error)
        return error;
    place->mount = st.stx_mask & STATX_MNT_ID ? st.stx_mnt_id : 0;
    place->device = (uint64_t)st.stx_dev_major << 32 | st.stx_dev_minor;
    if (is_object) {
        keep(&place->identity, &st);
        place->rdev_major = st.stx_rdev_major;
        place->rdev_minor = st.stx_rdev_minor;
    }
    return 0;
}

long core_place_identify(struct core_place *place, int fd) {
    place->object = fd;
    return identify(place, fd, true);
}

void core_place_begin(struct core_place *place) {
    *place = (struct core_place){.parent = -1, .object = -1, .leaf = ""};
}

static void drop(int *fd) {
    if (*fd >= 0)
        SYS1(__NR_close, *fd);
    *fd = -1;
}

void core_place_end(struct core_place *place) {
    drop(&place->parent);
    drop(&place->object);
}

long core_pin_object(struct core_place *place, int dirfd, const char *path, int flags) {
    place->spelled = path;
    place->base = dirfd;
    long fd = SYS4(__NR_openat, dirfd, path, PIN | flags, 0);
    if (fd < 0)
        return fd;
    place->object = (int)fd;
    return identify(place, place->object, true);
}

/* Through its link in /proc: closing a plain duplicate would drop the locks of the program on the file. */
long core_pin_descriptor(struct core_place *place, int fd) {
    char link[40];
    if (fd < 0)
        return -EBADF;
    int proc = core_descriptor_link(link, fd);
    long pinned = SYS4(__NR_openat, proc, link, PIN, 0);
    if (pinned < 0)
        return pinned == -ENOENT ? -EBADF : pinned;
    place->object = (int)pinned;
    return identify(place, place->object, true);
}

/* Where the last name starts; its trailing slashes are left in. */
static char *last_name(char *path, bool *slashed) {
    char *end = path + strlen(path);
    *slashed = end > path && end[-1] == '/';
    while (end > path && end[-1] == '/')
        end--;
    while (end > path && end[-1] != '/')
        end--;
    return end;
}

static bool is_unnamed(const char *leaf) {
    if (*leaf == '.')
        leaf += leaf[1] == '.' ? 2 : 1;
    return !*leaf || *leaf == '/';
}

static long open_directory(int dirfd, const char *path, uint64_t resolve) {
    if (!resolve)
        return SYS4(__NR_openat, dirfd, path, PIN | O_DIRECTORY, 0);
    struct open_how how = {.flags = PIN | O_DIRECTORY, .resolve = resolve};
    return SYS4(__NR_openat2, dirfd, path, &how, sizeof how);
}

/* Open the directory before leaf: path up to it, "/" or the directory itself. */
static long open_parent(int dirfd, char *path, char *leaf, uint64_t resolve) {
    if (leaf == path)
        return open_directory(dirfd, *path == '/' ? "/" : ".", resolve);
    char cut = *leaf;
    *leaf = 0;
    long fd = open_directory(dirfd, path, resolve);
    *leaf = cut;
    return fd;
}

long core_pin_name(struct core_place *place, int dirfd, char *path) {
    return core_pin_name_within(place, dirfd, path, 0);
}

long core_pin_name_within(struct core_place *place, int dirfd, char *path, uint64_t resolve) {
    place->spelled = path;
    if (!*path)
        return -ENOENT;
    char *leaf = last_name(path, &place->slashed);
    long fd = open_parent(dirfd, path, leaf, resolve);
    if (fd < 0)
        return fd;
    if (is_unnamed(leaf)) {
        SYS1(__NR_close, fd);
        return CORE_UNNAMED;
    }
    place->leaf = leaf;
    place->parent = (int)fd;
    /* Without its slashes: the name itself, even when it is a link to a directory. */
    char *end = leaf;
    while (*end && *end != '/')
        end++;
    char cut = *end;
    *end = 0;
    fd = SYS4(__NR_openat, place->parent, leaf, PIN | O_NOFOLLOW, 0);
    *end = cut;
    if (fd == -ENOENT)
        return identify(place, place->parent, false);
    if (fd < 0)
        return fd;
    place->object = (int)fd;
    return identify(place, place->object, true);
}

void core_descriptor_path(char *to, int fd) {
    static const char prefix[] = "/proc/self/fd/";
    memcpy(to, prefix, sizeof prefix);
    core_decimal(to + sizeof prefix - 1, (unsigned)fd);
}

void core_keep_proc(void) {
    if (core_image.proc.known)
        return;
    long fd = SYS4(__NR_openat, AT_FDCWD, "/proc", PIN | O_DIRECTORY, 0);
    if (fd < 0)
        return;
    core_image.proc_fd = core_raise((int)fd);
    core_object_of(core_image.proc_fd, "", AT_EMPTY_PATH, &core_image.proc);
}

/* A vfork child may have closed it, or a program past us have put something else there. */
static bool holds_proc(int fd) {
    struct core_object now;
    return core_image.proc.known && core_object_of(fd, "", AT_EMPTY_PATH, &now) &&
           now.inode == core_image.proc.inode && now.device == core_image.proc.device;
}

int core_descriptor_link(char *to, int fd) {
    static const char prefix[] = "self/fd/";
    if (CORE_LIKELY(!core_image.proc.known) || !holds_proc(core_image.proc_fd)) {
        core_descriptor_path(to, fd);
        return AT_FDCWD;
    }
    memcpy(to, prefix, sizeof prefix);
    core_decimal(to + sizeof prefix - 1, (unsigned)fd);
    return core_image.proc_fd;
}

long core_name_of(int fd, char *to, size_t room) {
    char link[40];
    int proc = core_descriptor_link(link, fd);
    long size = SYS4(__NR_readlinkat, proc, link, to, room - 1);
    if (size < 0)
        return size;
    if ((size_t)size == room - 1)
        return -ENAMETOOLONG;
    to[size] = 0;
    return size;
}

/* A directory so deep that the kernel does not name it: the nearest ancestor that it names, and "...". */
static CORE_COLD long name_deep(int fd, char *to) {
    int at = fd;
    long size = -ENAMETOOLONG;
    for (int level = 0; size == -ENAMETOOLONG && level < DEEPEST * DEEPEST; level++) {
        long up = SYS4(__NR_openat, at, "..", PIN | O_DIRECTORY, 0);
        if (at != fd)
            SYS1(__NR_close, at);
        if (up < 0)
            return up;
        at = (int)up;
        size = core_name_of(at, to, CORE_PATH - 300);
    }
    if (at != fd)
        SYS1(__NR_close, at);
    return size < 0 ? size : size + (long)core_append(to + size, 8, "/...");
}

static long name_directory(int fd, char *to) {
    long size = core_name_of(fd, to, CORE_PATH - 300);
    return size == -ENAMETOOLONG ? name_deep(fd, to) : size;
}

static long name_leaf(struct core_place *place, char *room) {
    long size = name_directory(place->parent, room);
    if (size < 0)
        return size;
    if (size > 1 || room[0] != '/')
        room[size++] = '/';
    const char *leaf = place->leaf;
    while (*leaf && *leaf != '/' && size < CORE_PATH + 63)
        room[size++] = *leaf++;
    room[size] = 0;
    return 0;
}

/* A file in such a directory: by the name that was spelled, when that is its own and no link. */
static CORE_COLD long name_deep_file(const struct core_place *place, char *room) {
    struct core_place named;
    core_place_begin(&named);
    long error = place->spelled ? core_pin_name(&named, place->base, (char *)place->spelled) : -ENAMETOOLONG;
    bool same = !error && named.object >= 0 && named.identity.inode == place->identity.inode &&
                named.identity.device == place->identity.device;
    error = same ? name_leaf(&named, room) : -ENAMETOOLONG;
    core_place_end(&named);
    return error;
}

long core_name_place(struct core_place *place, char *room) {
    place->path = room;
    if (place->parent >= 0)
        return name_leaf(place, room);
    long size = core_name_of(place->object, room, CORE_PATH + 64);
    if (size == -ENAMETOOLONG)
        size = S_ISDIR(place->identity.mode) ? name_deep(place->object, room) : name_deep_file(place, room);
    return size < 0 ? size : 0;
}

bool core_still_there(const struct core_place *place) {
    char name[260];
    struct stat st;
    size_t size = 0;
    while (place->leaf[size] && place->leaf[size] != '/' && size < sizeof name - 1) {
        name[size] = place->leaf[size];
        size++;
    }
    name[size] = 0;
    long error = SYS4(__NR_newfstatat, place->parent, name, &st, AT_SYMLINK_NOFOLLOW);
    if (place->object < 0)
        return error == -ENOENT;
    return !error && st.st_ino == place->identity.inode && st.st_dev == place->identity.device;
}

long core_check_access(int fd, int wanted) {
    long error = SYS4(__NR_faccessat2, fd, "", wanted, AT_EMPTY_PATH | AT_EACCESS);
    return error == -ENOSYS || error == -EINVAL ? 0 : error;
}
