/* What the kernel will run for a file, and how well it can be supervised. */
#ifndef AEGIS_PROGRAM_H
#define AEGIS_PROGRAM_H

#include "base.h"
#include "gate.h"

/* COVERAGE and COVERAGE_REASON on the wire. */
enum core_coverage { CORE_UNCOVERED = 0, CORE_EXEC_ONLY = 1, CORE_LIBC = 2, CORE_LIBC_RAW = 3, CORE_EVERY_CALL = 4 };
enum core_cause {
    CORE_DYNAMIC = 0, CORE_STATIC, CORE_SET_ID, CORE_FILE_CAPABILITIES, CORE_FOREIGN_CLASS, CORE_UNREADABLE,
    CORE_FOREIGN_LIBC, CORE_NOT_ELF, CORE_RAW_CALLS
};

/* How supervision reaches the program. */
enum core_route {
    CORE_NATIVE,    /* not at all: the kernel runs it, and policy decides whether it may */
    CORE_PRELOADED, /* its own loader takes our library */
    CORE_LOADED     /* aegis-loader runs it */
};

#define CORE_INTERPRETERS 5 /* of a script whose interpreter is a script … */
#define CORE_HEAD 256       /* what the kernel reads of a file to know what it is */

/* What the first line of a script says, each cut from one copy of that line. */
struct core_shebang {
    char line[CORE_HEAD + 1];
    const char *interpreter, *argument; /* as spelled; argument may be NULL */
};

struct core_program {
    enum core_coverage coverage;
    enum core_cause cause;
    enum core_route route;
    bool script;            /* interpreter is what the kernel runs */
    int file;               /* of a program to be loaded: the ELF file, open for reading; else -1 */
    struct aegis_identity identity; /* of that file */
    unsigned depth;         /* how many of shebangs are set: the script's own first */
    struct core_shebang *shebangs; /* CORE_INTERPRETERS, the caller's */
    char *interpreter;      /* resolved; room for CORE_PATH + 64, the caller's */
    char *room;             /* CORE_PATH more, the caller's */
};

/*
 * Look into the file that object (O_PATH) is, whose resolved name is path, and into its interpreters: 0, or the
 * error with which the kernel would refuse it: -ENOEXEC, -EACCES, -ENOENT of an interpreter, -ELOOP …
 */
long core_program_inspect(struct core_program *program, int object, const char *path);

/* True when a loader of this name is glibc's, which takes our library. */
bool core_is_glibc_loader(const char *path);

/* Close what it holds. */
void core_program_end(struct core_program *program);

#endif
