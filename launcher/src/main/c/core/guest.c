/* Reads of the program's memory that cannot crash it. */
#include "guest.h"

#define PAGE 4096UL
#define NO_SUCH_HOW 0x7fffffff

/*
 * rt_sigprocmask reads eight bytes of the set before it refuses an unknown `how`: a readability
 * probe without effect that no sandbox forbids (process_vm_readv is refused in some). Not the first
 * bytes, since a set at address 0 means that there is none.
 */
static bool readable(uintptr_t page) {
    return SYS4(__NR_rt_sigprocmask, NO_SUCH_HOW, page + 8, 0, 8) != -EFAULT;
}

static uintptr_t page_of(const void *pointer) {
    return (uintptr_t)pointer & ~(PAGE - 1);
}

long core_copy(void *to, const void *guest, size_t size) {
    if (!size)
        return 0;
    uintptr_t first = page_of(guest), last = page_of((const char *)guest + size - 1);
    if (last < first)
        return -EFAULT;
    for (uintptr_t page = first;; page += PAGE) {
        if (!readable(page))
            return -EFAULT;
        if (page == last)
            break;
    }
    memcpy(to, guest, size);
    return 0;
}

/* Walk guest to its NUL, storing into to unless that is NULL. */
static long walk(char *to, const char *guest, size_t room, long too_long, core_probed *probed) {
    for (size_t i = 0; i < room; i++) {
        uintptr_t page = page_of(guest + i);
        if (page != *probed) {
            if (!readable(page))
                return -EFAULT;
            *probed = page;
        }
        char c = guest[i];
        if (to)
            to[i] = c;
        if (!c)
            return (long)i;
    }
    return too_long;
}

long core_copy_text(char *to, const char *guest, size_t room) {
    core_probed probed = CORE_UNPROBED;
    return walk(to, guest, room, -ENAMETOOLONG, &probed);
}

long core_copy_word(char *to, const char *guest, size_t room, core_probed *probed) {
    return walk(to, guest, room, -ENAMETOOLONG, probed);
}

long core_measure_word(const char *guest, size_t most, core_probed *probed) {
    return walk(NULL, guest, most, -E2BIG, probed);
}

long core_measure_vector(char *const *guest, size_t most) {
    if (!guest)
        return 0;
    for (size_t i = 0; i < most; i++) {
        char *pointer;
        if (!i || !((uintptr_t)(guest + i) & (PAGE - 1)) || ((uintptr_t)guest & 7)) {
            if (core_copy(&pointer, guest + i, sizeof pointer))
                return -EFAULT;
        } else {
            pointer = guest[i];
        }
        if (!pointer)
            return (long)i;
    }
    return -E2BIG;
}

bool core_names(const char *guest, const char *name) {
    size_t size = strlen(name);
    for (size_t i = 0; i < size; i++)
        if (guest[i] != name[i])
            return false;
    return guest[size] == '=';
}
