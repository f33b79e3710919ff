/*
 * Ways around the trap for system calls: bypass ATTACK FILE tries to delete FILE by one of them. Whether it did is for others
 * to see; what has another aim prints SUCCEEDED. Nothing outside FILE and its directory is touched.
 */
#ifndef BYPASS_H
#define BYPASS_H

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define DISPATCH 59
#define UNLINK SYS_unlink

struct attack {
    const char *name;
    void (*run)(void);
};

/* By subject, a file each; each list ends without a name. */
extern const struct attack attacks_of_calls[], attacks_of_children[], attacks_of_memory[], attacks_of_names[], attacks_of_programs[],
    attacks_of_signals[], attacks_of_tracers[];

extern const char *victim; /* the file */
extern char *self;         /* this program */

static inline long raw6(long n, long a, long b, long c, long d, long e, long f)
{
    long result;
    register long r10 __asm__("r10") = d, r8 __asm__("r8") = e, r9 __asm__("r9") = f;
    __asm__ volatile("syscall"
                     : "=a"(result)
                     : "a"(n), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
                     : "rcx", "r11", "memory");
    return result;
}
#define raw(n, a, b, c) raw6((n), (long)(a), (long)(b), (long)(c), 0, 0, 0)

static inline long gone(void)
{
    return raw(UNLINK, victim, 0, 0);
}

/* The victim's directory in room, and its name within. */
static inline char *split(char room[4096])
{
    char *name = strrchr(strcpy(room, victim), '/');
    *name++ = 0;
    return name;
}

/* The n-th mapping of this process that holds a word in its line; 0 when there is none. */
int mapping(const char *word, int n, uintptr_t *from, uintptr_t *to);

/* The last page of the n-th executable mapping that is not of this program; 0 when there is none. */
uintptr_t foreign_page(int n);

/* Make a call by an instruction that is exempt, found by scanning; -ENOSYS when none is found. */
long borrowed(long number, long a, long b);

/* Instructions of unlink(first argument). */
extern const unsigned char deletes[8];

#endif
