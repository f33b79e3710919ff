/* What the kernel will run for a file, and how well it can be supervised. */
#ifndef AEGIS_PROGRAM_H
#define AEGIS_PROGRAM_H

#include "base.h"

/* COVERAGE and COVERAGE_REASON on the wire. */
enum core_coverage { CORE_UNCOVERED = 0, CORE_EXEC_ONLY = 1, CORE_LIBC = 2 };
enum core_cause {
    CORE_DYNAMIC = 0, CORE_STATIC, CORE_SET_ID, CORE_FILE_CAPABILITIES, CORE_FOREIGN_CLASS, CORE_UNREADABLE,
    CORE_FOREIGN_LIBC, CORE_NOT_ELF, CORE_RAW_CALLS
};

struct core_program {
    enum core_coverage coverage;
    enum core_cause cause;
    bool script;            /* interpreter is what the kernel runs */
    bool preloads;          /* its loader takes our library */
    char *interpreter;      /* resolved; room for CORE_PATH + 64, the caller's */
    char *room;             /* CORE_PATH more, the caller's */
};

/*
 * Look into the file that object (O_PATH) is, whose resolved name is path, and into its interpreters: 0, or the
 * error with which the kernel would refuse it: -ENOEXEC, -EACCES, -ENOENT of an interpreter, -ELOOP …
 */
long core_program_inspect(struct core_program *program, int object, const char *path);

#endif
