/* One opening of a file, as the program wants it. */
#ifndef AEGIS_OPEN_H
#define AEGIS_OPEN_H

#include "base.h"

struct core_opening {
    int dirfd;
    const char *guest; /* the program's own pointer */
    int flags;
    uint32_t mode;
    uint64_t resolve; /* RESOLVE_ flags of openat2 */
};

/* No errno: not one of the common cases. */
#define CORE_NOT_LIKELY (-5001L)

/* True when nothing is written, made or cut. */
bool core_opening_only_reads(const struct core_opening *opening);

/*
 * The common cases, without a pin: files of the system, opened to be read, and plain devices. The
 * descriptor, -errno of the kernel, or CORE_NOT_LIKELY; then nothing has happened.
 */
long core_open_likely(const struct core_opening *opening);

/* The same for what the snapshot lets everybody read; written is a copy of the path. */
long core_open_allowed(const struct core_opening *opening, const char *written);

#endif
