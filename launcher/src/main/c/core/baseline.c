#include "baseline.h"

#include <fcntl.h>
#include <sys/stat.h>

#include "guard.h"

#define MOST_PATH 48

static const char readable[][MOST_PATH] = {
#define READABLE(path) path,
#define SECRET(path)
#define SPEAKABLE(path)
#include "baseline.def"
#undef READABLE
#undef SECRET
};

static const char secret[][MOST_PATH] = {
#define READABLE(path)
#define SECRET(path) path,
#include "baseline.def"
#undef SECRET
#undef SPEAKABLE
};

static const char speakable[][MOST_PATH] = {
#define SECRET(path)
#define SPEAKABLE(path) path,
#include "baseline.def"
#undef READABLE
#undef SECRET
#undef SPEAKABLE
};

#define COUNT(table) (sizeof(table) / sizeof *(table))

/* What one may not look at in the /proc of another process, nor list. */
static const char others[][16] = {"mem", "environ", "fd", "fdinfo", "root", "cwd", "exe", "map_files", "maps",
                                  "smaps", "auxv", "stack", "syscall", "pagemap", "task", "ns", "io", "personality",
                                  "clear_refs", "wchan", "timers", "numa_maps", "attr", "mountinfo"};

/* True for the directory itself, spelled without its slash, too. */
static bool below(const char *path, const char *entry) {
    size_t size = strlen(entry);
    if (core_starts_with(path, entry))
        return entry[size - 1] == '/' || !path[size];
    return entry[size - 1] == '/' && !path[size - 1] && !memcmp(path, entry, size - 1);
}

static bool in_table(const char *path, const char (*table)[MOST_PATH], size_t count) {
    for (size_t i = 0; i < count; i++)
        if (core_starts_with(path, table[i]) ? below(path, table[i]) : strlen(path) + 1 == strlen(table[i]) && below(path, table[i]))
            return true;
    return false;
}

static bool is_secret(const char *path) {
    for (size_t i = 0; i < COUNT(secret); i++)
        if (core_starts_with(path, secret[i]) || (strlen(path) + 1 == strlen(secret[i]) && below(path, secret[i])))
            return true;
    size_t size = strlen(path);
    return core_starts_with(path, "/etc/") && size > 4 && core_equal(path + size - 4, ".key");
}

/* Below /proc: what is not of a process, what is of this one, and of others what says nothing of their content. */
static bool may_read_process(const char *path) {
    unsigned long pid;
    const char *rest;
    if (!core_number(path + 6, &pid, &rest) || (*rest && *rest != '/'))
        return true;
    if (pid == (unsigned long)SYS0(__NR_getpid) || !*rest)
        return true;
    rest++;
    for (size_t i = 0; i < COUNT(others); i++) {
        size_t size = strlen(others[i]);
        if (core_starts_with(rest, others[i]) && (!rest[size] || rest[size] == '/'))
            return false;
    }
    return true;
}

bool core_baseline_holds(void) {
    return !core_narrowed() && !core_image.moved;
}

bool core_baseline_likely(const char *path) {
    static const char starts[][8] = {"/usr/", "/lib", "/etc/", "/bin/", "/opt/"};
    for (size_t i = 0; i < COUNT(starts); i++)
        if (core_starts_with(path, starts[i]))
            return true;
    return false;
}

bool core_baseline_reads(const char *path, uint32_t mode) {
    bool process = core_starts_with(path, "/proc/");
    if (!S_ISREG(mode) && !S_ISDIR(mode))
        return false;
    if (!process && !(mode & S_IROTH))
        return false;
    const struct core_page *page = core_image.page;
    if (page && (core_within(path, page->home) || core_within(path, page->run)))
        return false;
    if (process && !may_read_process(path))
        return false;
    if (in_table(path, readable, COUNT(readable)))
        return !is_secret(path);
    return page && core_within(path, page->distribution);
}

/* null, zero, full, random, urandom; tty and ptmx. */
static bool is_plain_device(uint64_t number) {
    static const uint16_t plain[] = {1 << 8 | 3, 1 << 8 | 5, 1 << 8 | 7, 1 << 8 | 8, 1 << 8 | 9, 5 << 8, 5 << 8 | 2};
    for (size_t i = 0; i < COUNT(plain); i++)
        if (number == plain[i])
            return true;
    return false;
}

/*
 * A terminal that the process holds as one of its standard descriptors: open, not merely pinned. Anybody may
 * pin, and where a standard descriptor is closed the pin of the very object that is asked about may stand there.
 */
static bool is_own_terminal(uint64_t number) {
    for (int fd = 0; fd <= 2; fd++) {
        struct stat st;
        long status = SYS3(__NR_fcntl, fd, F_GETFL, 0);
        if (status >= 0 && !(status & O_PATH) && !SYS2(__NR_fstat, fd, &st) && S_ISCHR(st.st_mode) && st.st_rdev == number)
            return true;
    }
    return false;
}

bool core_baseline_device(uint32_t mode, uint64_t number) {
    return S_ISCHR(mode) && (is_plain_device(number) || is_own_terminal(number));
}

bool core_baseline_opens(const struct core_place *place, bool writes) {
    uint32_t mode = place->identity.mode;
    if (S_ISCHR(mode))
        return core_baseline_device(mode, core_device(place->rdev_major, place->rdev_minor));
    /* Objects without a name are the process's own: pipes, sockets, event and memory files. */
    if (place->path[0] != '/')
        return !core_starts_with(place->path, "(unreachable)");
    if (!place->identity.links && core_starts_with(place->path, "/memfd:"))
        return true;
    return !writes && core_baseline_reads(place->path, mode);
}

bool core_baseline_speaks(const char *path) {
    return in_table(path, speakable, COUNT(speakable));
}
