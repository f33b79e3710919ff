/* Names nobody else has: mkstemp and its relations, on mediated calls. */
#include "preload.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <time.h>

#include "temporary.h"

#define BLANKS "XXXXXX"
#define BLANK_COUNT 6
#define ATTEMPTS (62 * 62 * 62) /* as many as libc makes */

static uint64_t random_bits(uint64_t last) {
    uint64_t bits;
    if (SYS3(SYS_getrandom, &bits, sizeof bits, GRND_NONBLOCK) == sizeof bits)
        return bits;
    struct timespec now = {0};
    SYS2(SYS_clock_gettime, CLOCK_MONOTONIC, &now);
    return (last ^ (uint64_t)now.tv_nsec ^ (uintptr_t)&bits) * 2862933555777941757ULL + 3037000493ULL;
}

static void fill(char *blanks, uint64_t bits) {
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    for (int i = 0; i < BLANK_COUNT; i++, bits /= 62)
        blanks[i] = letters[bits % 62];
}

long aegis_temporary(char *template, int suffix, int flags, int directory) {
    size_t length = strlen(template);
    if (suffix < 0 || length < (size_t)suffix + BLANK_COUNT)
        return -EINVAL;
    char *blanks = template + length - (size_t)suffix - BLANK_COUNT;
    if (memcmp(blanks, BLANKS, BLANK_COUNT) != 0)
        return -EINVAL;
    uint64_t bits = 0;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        fill(blanks, bits = random_bits(bits));
        long result = directory ? CARRY_OUT(SYS_mkdirat, AT_FDCWD, template, 0700)
                                : CARRY_OUT(SYS_openat, AT_FDCWD, template,
                                            (flags & ~O_ACCMODE) | O_RDWR | O_CREAT | O_EXCL, 0600);
        if (result != -EEXIST)
            return result;
    }
    return -EEXIST;
}

EXPORT int mkostemps(char *template, int suffix, int flags) {
    return (int)aegis_result(aegis_temporary(template, suffix, flags, 0));
}

EXPORT int mkstemps(char *template, int suffix) {
    return mkostemps(template, suffix, 0);
}

EXPORT int mkostemp(char *template, int flags) {
    return mkostemps(template, 0, flags);
}

EXPORT int mkstemp(char *template) {
    return mkostemps(template, 0, 0);
}

EXPORT char *mkdtemp(char *template) {
    return aegis_result(aegis_temporary(template, 0, 0, 1)) < 0 ? NULL : template;
}

ANOTHER_NAME(mkostemps64, mkostemps);
ANOTHER_NAME(mkstemps64, mkstemps);
ANOTHER_NAME(mkostemp64, mkostemp);
ANOTHER_NAME(mkstemp64, mkstemp);
