/* posix_spawn with file actions and attributes, both versions, and its errors. */
#include "show.h"

#include <dlfcn.h>
#include <signal.h>
#include <spawn.h>

extern char **environ;
typedef int spawner(pid_t *, const char *, const posix_spawn_file_actions_t *, const posix_spawnattr_t *, char *const[], char *const[]);

static posix_spawn_file_actions_t actions;
static char *const listing[] = {"sh", "-c", "pwd | sed 's:.*/::'; ls /proc/self/fd | grep -v '^[79]..$' | wc -l; cat 2>/dev/null; echo to error >&2; echo done", NULL};

static void run(const char *what, spawner *spawn, const char *file, char *const argv[]) {
    pid_t child = -5;
    int error = spawn(&child, file, &actions, NULL, argv, environ);
    printf("%s: %s\n", what, error ? strerrorname_np(error) : "started");
    if (!error)
        show_wait(what, child);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawn_file_actions_init(&actions);
    fflush(stdout);
}

static void errors(spawner *spawn, spawner *spawnp, const char *which) {
    static char *const argv[] = {"prog", "one", NULL};
    static const char *const files[] = {"none", "file", "dir", "plain", "script", "orphan", "", "file/x", "./plain", "./none"};
    printf("%s\n", which);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        printf("%s ", files[i]), fflush(stdout), run("spawn", spawn, files[i], argv);
        printf("%s ", files[i]), fflush(stdout), run("spawnp", spawnp, files[i], argv);
    }
}

int main(void) {
    system("mkdir -p dir/deep; echo input > dir/in; echo text > file; printf 'echo plain $0 $1\\n' > plain; chmod 755 plain;"
           "printf '#!/bin/sh\\necho script $1\\n' > script; chmod 755 script; printf '#!/none\\n' > orphan; chmod 755 orphan");
    setenv("PATH", "dir:.:/usr/bin:/bin", 1);
    posix_spawn_file_actions_init(&actions);
    errors(posix_spawn, posix_spawnp, "2.15");
    void *libc = dlopen("libc.so.6", RTLD_LAZY);
    errors((spawner *)dlvsym(libc, "posix_spawn", "GLIBC_2.2.5"), (spawner *)dlvsym(libc, "posix_spawnp", "GLIBC_2.2.5"), "2.2.5");

    posix_spawn_file_actions_addopen(&actions, 0, "dir/in", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, 1, "out", O_WRONLY | O_CREAT | O_TRUNC, 0640);
    posix_spawn_file_actions_adddup2(&actions, 1, 2);
    run("redirected", posix_spawn, "/bin/sh", listing);
    system("cat out; stat -c %a out");

    posix_spawn_file_actions_addchdir_np(&actions, "dir");
    posix_spawn_file_actions_addopen(&actions, 0, "in", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, 7, "deep", O_RDONLY | O_DIRECTORY, 0);
    posix_spawn_file_actions_addfchdir_np(&actions, 7);
    posix_spawn_file_actions_addclosefrom_np(&actions, 3);
    posix_spawn_file_actions_addopen(&actions, 2, "../err", O_WRONLY | O_CREAT, 0600);
    run("elsewhere", posix_spawnp, "sh", listing);
    system("cat dir/err");

    int parent = open("dir", O_RDONLY | O_DIRECTORY);
    posix_spawn_file_actions_adddup2(&actions, parent, 9);
    posix_spawn_file_actions_addfchdir_np(&actions, 9);
    posix_spawn_file_actions_addclose(&actions, 9);
    posix_spawn_file_actions_addclose(&actions, 0);
    run("by descriptor", posix_spawnp, "sh", listing);

    posix_spawn_file_actions_addchdir_np(&actions, "dir");
    run("relative program after chdir", posix_spawn, "../script", listing);
    posix_spawn_file_actions_addchdir_np(&actions, "none");
    run("chdir to nothing", posix_spawn, "/bin/true", listing);
    posix_spawn_file_actions_addopen(&actions, 0, "none/x", O_RDONLY, 0);
    run("open of nothing", posix_spawn, "/bin/true", listing);
    posix_spawn_file_actions_adddup2(&actions, 99, 1);
    run("dup of nothing", posix_spawn, "none", listing);
    posix_spawn_file_actions_addopen(&actions, 0, "made-before", O_WRONLY | O_CREAT, 0600);
    run("no program", posix_spawn, "none", listing);
    SHOW(access("made-before", F_OK));
    printf("%s\n", strerrorname_np(posix_spawn_file_actions_addclose(&actions, -1)));
    printf("%s\n", strerrorname_np(posix_spawn_file_actions_adddup2(&actions, 1, 1 << 30)));
    for (int i = 0; i < 100; i++)
        posix_spawn_file_actions_addclose(&actions, 100 + i);
    run("many actions", posix_spawn, "/bin/true", listing);

    posix_spawnattr_t attributes;
    sigset_t set;
    posix_spawnattr_init(&attributes);
    sigfillset(&set), sigdelset(&set, SIGTERM);
    posix_spawnattr_setsigmask(&attributes, &set);
    posix_spawnattr_setpgroup(&attributes, 0);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP);
    pid_t child;
    char *const argv[] = {"grep", "SigBlk", "/proc/self/status", NULL};
    int error = posix_spawn(&child, "/bin/grep", NULL, &attributes, argv, environ);
    show_wait("attributes", child), printf("%d\n", error);
    SHOW(posix_spawn(NULL, "/bin/true", NULL, NULL, argv, environ)), SHOW(wait(NULL) > 0);
    error = posix_spawn(&child, "/usr/bin/env", NULL, NULL, (char *const[]){"env", "-u", "LD_PRELOAD", "-u", "AEGIS_SESSION", NULL}, NULL);
    show_wait("no environment", child), printf("%d\n", error);
    posix_spawn_file_actions_destroy(&actions);
    return 0;
}
