/* Expectations of the tests: a failed one says where and what, and the program ends with 1. */
#ifndef AEGIS_TEST_CHECK_H
#define AEGIS_TEST_CHECK_H

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>

#include "core/mediate.h"

extern int failures;

#define CHECK(condition, ...) \
    do { \
        if (!(condition)) { \
            failures++; \
            printf("%s:%d: %s: ", __FILE__, __LINE__, #condition); \
            printf(__VA_ARGS__); \
            printf("\n"); \
        } \
    } while (0)

static inline long mediated(long nr, long a, long b, long c, long d, long e, long f) {
    const long args[6] = {a, b, c, d, e, f};
    return aegis_mediate(nr, args);
}
#define M(nr, a, b, c, d, e) mediated((nr), (long)(a), (long)(b), (long)(c), (long)(d), (long)(e), 0)

#endif
