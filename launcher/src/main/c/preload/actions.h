/*
 * What the file actions of a posix_spawn will do, remembered beside libc's own list.
 *
 * libc's list has no reader, and its layout is private. Both glibc and musl end
 * posix_spawn_file_actions_t with sixteen unused ints: the last sixteen bytes hold our record, so it
 * lives and dies with the object, without a table, a lock or a limit.
 */
#ifndef AEGIS_ACTIONS_H
#define AEGIS_ACTIONS_H

#include <limits.h>
#include <spawn.h>

struct aegis_directory {
    int changed; /* the child will have left the parent's directory */
    char path[PATH_MAX];
};

/*
 * Follow the actions as the child will carry them out: judge every open, and find the directory that
 * the program will start in. 0 or -errno.
 */
long aegis_actions_judge(const posix_spawn_file_actions_t *actions, struct aegis_directory *directory);

#endif
