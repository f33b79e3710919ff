/*
 * Reading what the program points to, once, so that a bad pointer is EFAULT as from the kernel.
 *
 * Each page is probed by a system call that reads it and does nothing, then copied by plain loads. A page that
 * another thread unmaps in between faults as it would in any of the program's own code.
 */
#ifndef AEGIS_GUEST_H
#define AEGIS_GUEST_H

#include "base.h"

/* 0 or -EFAULT. */
long core_copy(void *to, const void *guest, size_t size);

/* Length without NUL, -EFAULT, or -ENAMETOOLONG when there is no NUL within room. */
long core_copy_text(char *to, const char *guest, size_t room);

/* The page that was probed last. The words of a vector lie side by side, so that few pages hold hundreds of them. */
typedef uintptr_t core_probed;
#define CORE_UNPROBED 1

/* The same for one word of many. */
long core_copy_word(char *to, const char *guest, size_t room, core_probed *probed);

/* Length without NUL, -EFAULT, or -E2BIG when it is longer than most. */
long core_measure_word(const char *guest, size_t most, core_probed *probed);

/* Number of pointers before the NULL, 0 for a NULL vector, -EFAULT, or -E2BIG when more than most. */
long core_measure_vector(char *const *guest, size_t most);

/* True when text, as far as readable, starts with NAME=. */
bool core_names(const char *guest, const char *name);

#endif
