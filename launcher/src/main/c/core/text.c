/* Memory, text and time: the little of libc that the core needs. */
#include "base.h"

#include <time.h>

void *memmove(void *to, const void *from, size_t size) {
    char *t = to;
    const char *f = from;
    if (t <= f || t >= f + size)
        return memcpy(to, from, size);
    while (size--)
        t[size] = f[size];
    return to;
}

int memcmp(const void *a, const void *b, size_t size) {
    const unsigned char *x = a, *y = b;
    for (size_t i = 0; i < size; i++)
        if (x[i] != y[i])
            return x[i] - y[i];
    return 0;
}

size_t strlen(const char *text) {
    size_t size = 0;
    while (text[size])
        size++;
    return size;
}

bool core_equal(const char *a, const char *b) {
    while (*a && *a == *b)
        a++, b++;
    return *a == *b;
}

bool core_starts_with(const char *text, const char *prefix) {
    while (*prefix)
        if (*text++ != *prefix++)
            return false;
    return true;
}

size_t core_append(char *to, size_t room, const char *text) {
    size_t size = 0;
    if (!room)
        return 0;
    while (text[size] && size + 1 < room) {
        to[size] = text[size];
        size++;
    }
    to[size] = 0;
    return size;
}

char *core_decimal(char *to, unsigned long number) {
    char digits[20];
    int count = 0;
    do
        digits[count++] = (char)('0' + number % 10);
    while (number /= 10);
    while (count)
        *to++ = digits[--count];
    *to = 0;
    return to;
}

bool core_number(const char *text, unsigned long *number, const char **end) {
    const char *at = text;
    unsigned long value = 0;
    while (*at >= '0' && *at <= '9' && at - text < 18)
        value = value * 10 + (unsigned long)(*at++ - '0');
    *number = value;
    *end = at;
    return at != text;
}

long core_now(void) {
    struct timespec now = {0, 0};
    SYS2(__NR_clock_gettime, CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000000000L + now.tv_nsec;
}

void core_rest(long nanoseconds) {
    struct timespec rest = {nanoseconds / 1000000000L, nanoseconds % 1000000000L};
    SYS2(__NR_nanosleep, &rest, 0);
}
