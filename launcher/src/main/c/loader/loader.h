/*
 * aegis-loader: what a program turns into that no library reaches. It maps the program, and the ELF
 * interpreter that the program asks for, as the kernel would have; makes the stack and the words that
 * the kernel put there the program's own; arms the trap, so that every system call from now on comes to
 * the core; and jumps. core/loader.h has the contract.
 *
 * It lies at one address in every process: a filter of system calls that a program installs for its
 * children (seccomp) is told of that address, and their loaders can speak to the daemon all the same.
 *
 * Its own text is the only one whose system calls the kernel takes. It uses no heap, so the break is the
 * program's, and keeps no descriptor of its own but the core's.
 */
#ifndef AEGIS_LOADER_MAIN_H
#define AEGIS_LOADER_MAIN_H

#include <elf.h>

#include "core/base.h"
#include "core/loader.h"
#include "loader/image.h"

/* What the command line asked for. */
struct loader_call {
    const char *file; /* argv[AEGIS_LOADER_FILE] */
    const char *execfn;
    const char *path;
    bool filtered;
};

/* The stack as the kernel made it, seen as the program's. */
struct loader_stack {
    uintptr_t *start; /* argc of the program */
    long argc;
    char **argv, **envp;
    Elf64_auxv_t *vector;
    size_t vector_size; /* bytes, AT_NULL included */
};

/* Read argv: false when it is not as the contract says. */
bool loader_read(struct loader_call *call, struct loader_stack *stack, uintptr_t *kernel);

/* An open descriptor of the ELF file that the call names, or -errno. */
long loader_open(const struct loader_call *call);

/* Say in the auxiliary vector what the kernel says there of a program that it loads itself. */
void loader_tell_program(const struct loader_stack *stack, const struct loader_call *call,
                         const struct image *program, uintptr_t base);

/* Say in the kernel's own records where the program, its arguments and its name are: 0 or -errno. */
long loader_tell_kernel(const struct loader_stack *stack, const struct loader_call *call,
                        const struct image *program);

/* From then on the program cannot change that. Before the dispatch starts. */
void loader_keep_kernel_told(void);

/* Write `aegis: cannot run PATH: WHAT` on descriptor 2 and end. */
_Noreturn void loader_fail(const char *path, const char *what);

/* The same with the text of an error of the kernel. */
_Noreturn void loader_fail_with(const char *path, long error);

#endif
