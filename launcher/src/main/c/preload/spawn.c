/*
 * posix_spawn, judged as a whole in the parent and never held there: when a person must decide, what
 * is spawned is the gate, and the parent goes on at once.
 */
#include "preload.h"

#include "actions.h"
#include "search.h"
#include "spawn.h"

#ifndef SYS_pidfd_open
#define SYS_pidfd_open 434
#endif

struct request {
    pid_t *pid;
    const posix_spawn_file_actions_t *actions;
    const posix_spawnattr_t *attributes;
    char *const *argv;
    char *const *envp;
    struct aegis_directory directory;
};

/*
 * The program cannot be started, but the actions before it come first: they may fail with an error of
 * their own, or create files. Let libc do them and then fail on a name that gives the same error.
 */
static long fail_after_actions(const struct request *request, long error) {
    if (request->actions && (error == -ENOENT || error == -EACCES)) {
        char *const none[] = {NULL};
        const char *path = error == -ENOENT ? "" : "/";
        int real = aegis_real.posix_spawn(request->pid, path, request->actions, request->attributes, none, none);
        if (real)
            return -real;
    }
    return error;
}

static long start(const struct request *request, const char *path, char *const argv[]) {
    struct aegis_spawn plan;
    const char *cwd = request->directory.changed ? request->directory.path : NULL;
    long judged = aegis_spawn_begin(&plan, path, cwd, argv, request->envp);
    if (judged < 0)
        return judged;
    int error = aegis_real.posix_spawn(request->pid, plan.path, request->actions, request->attributes, plan.argv,
                                       plan.envp);
    aegis_spawn_end(&plan);
    if (!error)
        aegis_forked(*request->pid);
    return -error;
}

static long start_by_shell(const struct request *request, const char *script) {
    int room = aegis_count(request->argv) + 3;
    char *vector[room];
    aegis_shell_vector(request->argv, script, vector, room);
    return start(request, vector[0], vector);
}

static long search_and_start(const struct request *request, const char *file, unsigned how) {
    struct aegis_search search;
    long error = aegis_search_begin(&search, file);
    if (!(how & AEGIS_SPAWN_SEARCH))
        search.rest = search.file = file;
    else if (error)
        return error;
    const char *candidate;
    while ((candidate = aegis_search_next(&search))) {
        error = start(request, candidate, request->argv);
        if (error == -ENOEXEC && (how & AEGIS_SPAWN_SHELL))
            return start_by_shell(request, file); /* libc as well gives the shell the name as it was */
        if (error == 0 || !aegis_search_goes_on(&search, error))
            return error;
    }
    return aegis_search_failure(&search, error);
}

int aegis_spawn_program(pid_t *pid, const char *file, const posix_spawn_file_actions_t *actions,
                        const posix_spawnattr_t *attributes, char *const argv[], char *const envp[], unsigned how) {
    aegis_ready();
    pid_t unwanted;
    struct request request = {
        .pid = pid ? pid : &unwanted, .actions = actions, .attributes = attributes, .argv = argv, .envp = envp};
    int before = errno;
    long error = aegis_actions_judge(actions, &request.directory);
    if (!error) {
        error = search_and_start(&request, file, how);
        if (error)
            error = fail_after_actions(&request, error);
    }
    errno = before;
    return (int)-error;
}

#define SPAWN(name, how) \
    EXPORT int name(pid_t *pid, const char *file, const posix_spawn_file_actions_t *actions, \
                    const posix_spawnattr_t *attributes, char *const argv[], char *const envp[]); \
    int name(pid_t *pid, const char *file, const posix_spawn_file_actions_t *actions, \
             const posix_spawnattr_t *attributes, char *const argv[], char *const envp[]) { \
        return aegis_spawn_program(pid, file, actions, attributes, argv, envp, (how)); \
    }

/* Until 2.15 what the kernel could not execute went to /bin/sh, and old programs still expect it. */
SPAWN(aegis_posix_spawn, 0)
SPAWN(aegis_posix_spawnp, AEGIS_SPAWN_SEARCH)
SPAWN(aegis_posix_spawn_shell, AEGIS_SPAWN_SHELL)
SPAWN(aegis_posix_spawnp_shell, AEGIS_SPAWN_SEARCH | AEGIS_SPAWN_SHELL)
__asm__(".symver aegis_posix_spawn, posix_spawn@@GLIBC_2.15");
__asm__(".symver aegis_posix_spawnp, posix_spawnp@@GLIBC_2.15");
__asm__(".symver aegis_posix_spawn_shell, posix_spawn@GLIBC_2.2.5");
__asm__(".symver aegis_posix_spawnp_shell, posix_spawnp@GLIBC_2.2.5");

/* In any libc, also one that does not have it: programs test for it by its presence. */
#define PIDFD_SPAWN(name, how) \
    EXPORT int name(int *pidfd, const char *file, const posix_spawn_file_actions_t *actions, \
                    const posix_spawnattr_t *attributes, char *const argv[], char *const envp[]); \
    int name(int *pidfd, const char *file, const posix_spawn_file_actions_t *actions, \
             const posix_spawnattr_t *attributes, char *const argv[], char *const envp[]) { \
        return spawn_with_pidfd(pidfd, file, actions, attributes, argv, envp, (how)); \
    }

static int spawn_with_pidfd(int *pidfd, const char *file, const posix_spawn_file_actions_t *actions,
                            const posix_spawnattr_t *attributes, char *const argv[], char *const envp[],
                            unsigned how) {
    pid_t pid;
    int error = aegis_spawn_program(&pid, file, actions, attributes, argv, envp, how);
    if (error)
        return error;
    long fd = SYS2(SYS_pidfd_open, pid, 0);
    if (fd < 0)
        return (int)-fd;
    *pidfd = (int)fd;
    return 0;
}

PIDFD_SPAWN(pidfd_spawn, 0)
PIDFD_SPAWN(pidfd_spawnp, AEGIS_SPAWN_SEARCH)
