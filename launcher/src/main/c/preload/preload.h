/* What every wrapper of the preloaded library shares. Include it first. */
#ifndef AEGIS_PRELOAD_H
#define AEGIS_PRELOAD_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#undef _FORTIFY_SOURCE /* its inline bodies carry the names of our wrappers */

/* libc promises that its callers pass no NULL here and there; a wrapper may not rely on its callers. */
#include <features.h>
#undef __nonnull
#undef __attribute_nonnull__
#define __nonnull(parameters)
#define __attribute_nonnull__(parameters)

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stddef.h>
#include <sys/syscall.h>
#include <sys/types.h>

#include "../core/mediate.h"
#include "../core/sys.h"
#include "real.h"

#define EXPORT __attribute__((visibility("default")))
#define L(x) ((long)(x))
#define UNLIKELY(x) __builtin_expect(!!(x), 0)

/* Another name of a wrapper of the same file. */
#define ANOTHER_NAME(name, target) \
    EXPORT __typeof__(target) name __attribute__((alias(#target), copy(target)))

extern int aegis_preload_started;
void aegis_preload_start(char *const envp[]);

/* Constructors of other libraries may call a wrapper before ours has run. */
static inline void aegis_ready(void) {
    if (UNLIKELY(!aegis_preload_started))
        aegis_preload_start(NULL);
}

/* The kernel's result in libc's convention; errno is touched on failure alone. */
static inline long aegis_result(long result) {
    if (UNLIKELY((unsigned long)result > -4096UL)) {
        errno = (int)-result;
        return -1;
    }
    return result;
}

static inline long aegis_carry_out(long nr, long a, long b, long c, long d, long e, long f) {
    aegis_ready();
    const long args[6] = {a, b, c, d, e, f};
    return aegis_mediate(nr, args);
}

static inline long aegis_ask(long nr, long a, long b, long c, long d, long e, long f) {
    aegis_ready();
    const long args[6] = {a, b, c, d, e, f};
    return aegis_judge(nr, args);
}

#define ARGUMENTS(a, b, c, d, e, f, ...) L(a), L(b), L(c), L(d), L(e), L(f)
#define CARRY_OUT(nr, ...) aegis_carry_out((nr), ARGUMENTS(__VA_ARGS__, 0, 0, 0, 0, 0, 0))
#define ASK(nr, ...) aegis_ask((nr), ARGUMENTS(__VA_ARGS__, 0, 0, 0, 0, 0, 0))

#endif
