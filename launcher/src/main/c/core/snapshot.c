#include "snapshot.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include "state.h"

#define MAGIC "AEGISSN1"
#define VERSION 1
#define HEADER 256
#define MOST_SIZE (16u << 20)
#define BYTES 256 /* values of a byte: the classes */
#define MOST_RENEWALS 64 /* mappings are never undone, since another thread may be reading one */

struct entry {
    uint32_t at, states, classes, reserved;
};

struct header {
    char magic[8];
    uint32_t version, number, size, reserved;
    struct entry entries[CORE_KINDS];
};
_Static_assert(sizeof(struct header) <= HEADER, "as docs/wire-protocol.md says");
_Static_assert(offsetof(struct header, entries) == 24, "as docs/wire-protocol.md says");

static struct {
    const uint8_t *bytes; /* written last; one mapping a number */
    uint32_t failed;      /* number that could not be mapped */
    uint32_t renewals;
} mapped;

/* classes, then states x classes transitions of two bytes, then states answers */
static size_t size_of(const struct entry *entry) {
    return BYTES + (size_t)entry->states * entry->classes * 2 + entry->states;
}

static bool fits(const struct entry *entry, size_t size) {
    if (!entry->states)
        return true;
    return entry->states <= 0x10000 && entry->classes && entry->classes <= BYTES && entry->at >= HEADER &&
           !(entry->at & 7) && entry->at <= size && size_of(entry) <= size - entry->at;
}

bool core_snapshot_valid(const uint8_t *bytes, size_t size, uint32_t number) {
    const struct header *header = (const void *)bytes;
    if (size < HEADER || size > MOST_SIZE || memcmp(header->magic, MAGIC, sizeof header->magic))
        return false;
    if (header->version != VERSION || header->number != number || header->size != size)
        return false;
    for (int kind = 0; kind < CORE_KINDS; kind++)
        if (!fits(&header->entries[kind], size))
            return false;
    return true;
}

/* What the file holds may have been damaged since it was looked at: every step stays within it all the same. */
unsigned core_snapshot_look_up(const uint8_t *bytes, size_t size, int kind, const char *path) {
    if (kind < 1 || kind > CORE_KINDS || size < HEADER)
        return 0;
    const struct entry entry = *(const volatile struct entry *)&((const struct header *)(const void *)bytes)->entries[kind - 1];
    if (!entry.states || !fits(&entry, size))
        return 0;
    const uint8_t *classes = bytes + entry.at;
    const uint16_t *next = (const void *)(classes + BYTES);
    const uint8_t *answers = (const uint8_t *)(next + (size_t)entry.states * entry.classes);
    uint32_t state = 0, last = entry.classes - 1;
    for (const uint8_t *at = (const uint8_t *)path; *at; at++) {
        uint32_t class = classes[*at];
        if (CORE_UNLIKELY(class > last))
            return 0;
        state = next[(size_t)state * entry.classes + class];
        if (CORE_UNLIKELY(state >= entry.states))
            return 0;
    }
    return answers[state];
}

static uint32_t number_of(const uint8_t *bytes) {
    return ((const struct header *)(const void *)bytes)->number;
}

static const uint8_t *map(int fd, uint32_t number) {
    struct stat st;
    if (SYS2(__NR_fstat, fd, &st) || !S_ISREG(st.st_mode) || st.st_size < HEADER || st.st_size > MOST_SIZE)
        return NULL;
    if ((st.st_uid != 0 && st.st_uid != (uid_t)SYS0(__NR_geteuid)) || (st.st_mode & 022))
        return NULL;
    long at = SYS6(__NR_mmap, 0, st.st_size, PROT_READ, MAP_SHARED, fd, 0);
    if (CORE_FAILED(at))
        return NULL;
    if (core_snapshot_valid((const uint8_t *)at, (size_t)st.st_size, number))
        return (const uint8_t *)at;
    SYS2(__NR_munmap, at, st.st_size);
    return NULL;
}

static const uint8_t *open_file(uint32_t number) {
    char path[600];
    size_t size = core_append(path, sizeof path, core_session_directory());
    size += core_append(path + size, sizeof path - size, "/snapshot-");
    if (size + 24 > sizeof path)
        return NULL;
    core_decimal(path + size, number);
    long fd = SYS4(__NR_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW, 0);
    if (fd < 0)
        return NULL;
    const uint8_t *bytes = map((int)fd, number);
    SYS1(__NR_close, fd);
    return bytes;
}

/* Threads that come at once may each map it; one mapping stays. */
static CORE_COLD const uint8_t *renew(const uint8_t *old, uint32_t number) {
    if (__atomic_load_n(&mapped.failed, __ATOMIC_RELAXED) == number ||
        __atomic_load_n(&mapped.renewals, __ATOMIC_RELAXED) >= MOST_RENEWALS)
        return NULL;
    const uint8_t *bytes = open_file(number);
    if (!bytes) {
        __atomic_store_n(&mapped.failed, number, __ATOMIC_RELAXED);
        return NULL;
    }
    if (__atomic_compare_exchange_n(&mapped.bytes, &old, bytes, false, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE)) {
        __atomic_add_fetch(&mapped.renewals, 1, __ATOMIC_RELAXED);
        return bytes;
    }
    SYS2(__NR_munmap, bytes, ((const struct header *)(const void *)bytes)->size);
    return old && number_of(old) == number ? old : NULL;
}

/* False where a program before us changed the root to a directory on which nothing is mounted. */
static bool has_root_of_mounts(void) {
    struct statx st;
    return !SYS5(__NR_statx, AT_FDCWD, "/", 0, 0, &st) && st.stx_attributes & STATX_ATTR_MOUNT_ROOT;
}

/* Looked at once a process: one that unshares by itself has its core know that names moved. */
static bool in_mounts_of_session(const struct core_page *page) {
    uint8_t *known = &core_process()->mounts;
    uint8_t now = __atomic_load_n(known, __ATOMIC_RELAXED);
    if (CORE_UNLIKELY(!now)) {
        struct stat st;
        uint64_t mounts = *(const volatile uint64_t *)&page->mounts;
        bool same = mounts && !SYS4(__NR_newfstatat, AT_FDCWD, "/proc/self/ns/mnt", &st, 0) && st.st_ino == mounts &&
                    has_root_of_mounts();
        now = same ? 1 : 2;
        if (mounts)
            __atomic_store_n(known, now, __ATOMIC_RELAXED);
    }
    return now == 1;
}

/* The number that is in force; 0 when everything is to be asked about. */
static uint32_t in_force(void) {
    const struct core_page *page = core_image.page;
    if (!page || core_image.moved)
        return 0;
    const volatile uint32_t *flags = &page->flags, *number = &page->snapshot;
    if (*flags & (CORE_NARROWED | CORE_ON_HOLD) || !*number || !in_mounts_of_session(page))
        return 0;
    return *number;
}

unsigned core_snapshot_answer(int kind, const char *path) {
    uint32_t number = in_force();
    if (!number || *path != '/')
        return 0;
    const uint8_t *bytes = __atomic_load_n(&mapped.bytes, __ATOMIC_ACQUIRE);
    if (CORE_UNLIKELY(!bytes || number_of(bytes) != number) && !(bytes = renew(bytes, number)))
        return 0;
    unsigned answer = core_snapshot_look_up(bytes, ((const struct header *)(const void *)bytes)->size, kind, path);
    return in_force() == number ? answer : 0;
}

bool core_spelled_alike(const char *path, const char *spelled) {
    size_t size = strlen(path), tail = spelled ? strlen(spelled) : 0;
    return tail <= size && !memcmp(path + size - tail, spelled, tail);
}
