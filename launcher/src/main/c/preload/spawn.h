/* posix_spawn as the wrappers of this library call it themselves. */
#ifndef AEGIS_SPAWN_H
#define AEGIS_SPAWN_H

#include <spawn.h>

enum { AEGIS_SPAWN_SEARCH = 1, AEGIS_SPAWN_SHELL = 2 };

/* how: look along PATH, let /bin/sh run what the kernel does not know. 0 or errno, as posix_spawn. */
int aegis_spawn_program(pid_t *pid, const char *file, const posix_spawn_file_actions_t *actions,
                        const posix_spawnattr_t *attributes, char *const argv[], char *const envp[], unsigned how);

#endif
