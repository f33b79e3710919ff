/*
 * The one place where an operation is judged, on the kernel's own interface.
 *
 * Everything behind this header is freestanding: raw system calls only, no malloc, no locks, no
 * thread-local storage, no errno, no stdio, under 2 KB of stack a call, safe in vfork children,
 * signal handlers and forked threads. Results follow the kernel's convention: >= 0 or -errno.
 */
#ifndef AEGIS_MEDIATE_H
#define AEGIS_MEDIATE_H

#include <stddef.h>

/* Which front end asks; FRONT on the wire. */
enum aegis_front { AEGIS_PRELOAD = 1, AEGIS_GATE = 2, AEGIS_DISPATCH = 3, AEGIS_LOADER = 4 };

/*
 * Start the core in this process image: find AEGIS_SESSION in envp, map the page of the session,
 * remember what must be rebuilt into the environment of every program that this one executes, and
 * say HELLO. Without a usable session everything outside the baseline is denied.
 */
void aegis_start(enum aegis_front front, char *const envp[]);

/* The two halves of it, for a front end that knows only in between how much it will see. */
void aegis_prepare(enum aegis_front front, char *const envp[]);
void aegis_greet(int coverage, int reason); /* COVERAGE and COVERAGE_REASON of HELLO */

/* What the session asks for, from its page; false without one. */
int aegis_wants_trap(void);   /* raw system calls are to be trapped (hybrid and above) */
int aegis_wants_loader(void); /* every program is to run under the loader (full and above) */

/* Judge the system call nr and, when it is allowed, carry it out on the pinned object. */
long aegis_mediate(long nr, const long args[6]);

/* Judge only: 0 when allowed, else -errno. For callers that must let libc do the work. */
long aegis_judge(long nr, const long args[6]);

/* execve and execveat, with the environment rebuilt; returns only when it failed. */
long aegis_execute(int dirfd, const char *path, char *const argv[], char *const envp[], int flags);

/*
 * Judge the start of a program for a child that does not exist yet (posix_spawn), in directory cwd
 * (or NULL for the current one).
 *
 * Return 0 when it is allowed, 1 when a person must decide or the child must print a denial: then
 * the caller starts plan->path with plan->argv instead, which is the gate; or -errno. In the first two
 * cases plan->envp is the rebuilt environment. The memory of the plan belongs to the core until
 * aegis_spawn_end; it is one mapping.
 */
struct aegis_spawn {
    const char *path;
    char *const *argv;
    char *const *envp;
    void *memory;
    size_t size;
};
long aegis_spawn_begin(struct aegis_spawn *plan, const char *path, const char *cwd, char *const argv[],
                       char *const envp[]);
void aegis_spawn_end(struct aegis_spawn *plan);

/* Report, one way, that this process has just forked child; called before fork returns. */
void aegis_forked(int child);

/* True when fd is one of the core's own descriptors, which the program must not close or reuse. */
int aegis_owns_descriptor(int fd);

/* The lowest of the core's own descriptors that is not below from, or -1. */
int aegis_next_descriptor(int from);

#endif
