/* The page of a session: what the daemon tells every reporter, mapped read-only. */
#ifndef AEGIS_PAGE_H
#define AEGIS_PAGE_H

#include "base.h"

#define CORE_PAGE_SIZE 8192
#define CORE_PAGE_MAGIC "AEGISPG1"
#define CORE_PAGE_VERSION 1

enum { CORE_NARROWED = 1, CORE_ON_HOLD = 2, CORE_TRAP = 4, CORE_FULL = 8 };

struct core_page {
    char magic[8];
    uint32_t version;
    uint32_t generation;
    uint32_t flags;
    uint32_t snapshot; /* number of the snapshot in force; 0: ask */
    char session[32];
    char socket[108];
    char gap[4];
    uint64_t mounts; /* namespace in which names mean what the policy takes them for; 0: none */
    char rest_of_head[80];
    char home[1024];
    char run[1024];
    char library[1024];
    char gate[1024];
    char distribution[1024];
    char unguarded[1024];
    char loader[1024];
    char rest[768];
};
_Static_assert(sizeof(struct core_page) == CORE_PAGE_SIZE, "two pages");
_Static_assert(offsetof(struct core_page, mounts) == 168, "as docs/wire-protocol.md says");
_Static_assert(offsetof(struct core_page, home) == 256, "as docs/wire-protocol.md says");
_Static_assert(offsetof(struct core_page, gate) == 3328, "as docs/wire-protocol.md says");
_Static_assert(offsetof(struct core_page, loader) == 6400, "as docs/wire-protocol.md says");

/* Map the page in directory, or NULL when there is none that can be trusted. */
const struct core_page *core_page_map(const char *directory);

#endif
