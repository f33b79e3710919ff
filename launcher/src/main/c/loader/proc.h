/* Whose program it is that /proc/…/exe leads to, where the kernel only knows of the loader. */
#ifndef AEGIS_LOADER_PROC_H
#define AEGIS_LOADER_PROC_H

#include "core/base.h"

#define PROC_SPELLING 96 /* no way to spell /proc/PID/task/TID/exe is longer, NUL included */

/* Remember the program of this process: fd is its ELF file. */
void proc_remember(int fd);

/* Room for an answer: path first. */
struct proc_program {
    char path[CORE_PATH + 16]; /* of one that is gone it ends in " (deleted)", as the kernel writes it */
    size_t size;
    bool gone;
    char lines[2 * CORE_PATH]; /* for what is read on the way */
};

/*
 * What path, relative to dirfd, means when it is the exe link of a process that a loader runs in: true,
 * and the program's own path; false when it means anything else.
 */
bool proc_find_program(struct proc_program *program, int dirfd, const char *path);

#endif
