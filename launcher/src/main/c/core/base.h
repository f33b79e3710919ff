/* What every file of the core may use: integers, text and memory without libc. */
#ifndef AEGIS_BASE_H
#define AEGIS_BASE_H

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sys.h"
#include "x86_64/numbers.h"

#define CORE_PATH 4096 /* PATH_MAX, NUL included */
#define CORE_COLD __attribute__((noinline, cold))
#define CORE_LIKELY(x) __builtin_expect(!!(x), 1)
#define CORE_UNLIKELY(x) __builtin_expect(!!(x), 0)

/* A result of the kernel that is an error. */
#define CORE_FAILED(result) ((unsigned long)(result) > -4096UL)

void *memcpy(void *to, const void *from, size_t size);
void *memset(void *to, int byte, size_t size);
void *memmove(void *to, const void *from, size_t size);
int memcmp(const void *a, const void *b, size_t size);
size_t strlen(const char *text);

bool core_equal(const char *a, const char *b);
bool core_starts_with(const char *text, const char *prefix);

/* Copy text with its NUL while it fits in room; return its length, cut to room - 1. */
size_t core_append(char *to, size_t room, const char *text);

/* Write number in decimal with a NUL, at most 21 bytes; return the end (the NUL). */
char *core_decimal(char *to, unsigned long number);

/* True and *number set when text starts with decimal digits; *end is after them. */
bool core_number(const char *text, unsigned long *number, const char **end);

/* Monotonic clock, in nanoseconds. */
long core_now(void);

/* Lie still for nanoseconds, or until a signal. */
void core_rest(long nanoseconds);

#endif
