/* What is asked, what the answer does, and what goes unasked. */
#include "check.h"
#include "daemon.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "core/frame.h"
#include "core/gate.h"

int failures;
extern char **environ;

static void make(const char *name) {
    int fd = open(name, O_WRONLY | O_CREAT, 0644);
    if (fd < 0 || write(fd, "text", 4) != 4)
        abort();
    close(fd);
}

static void a_denied_unlink_leaves_the_file(void) {
    shared->behaviour = DENY_VICTIM;
    make("victim");
    CHECK(M(SYS_unlink, "victim", 0, 0, 0, 0) == -EPERM, "unlink");
    CHECK(M(SYS_unlinkat, AT_FDCWD, "./victim", 0, 0, 0) == -EPERM, "unlinkat");
    CHECK(access("victim", F_OK) == 0, "it is gone");
    make("other");
    CHECK(M(SYS_unlink, "other", 0, 0, 0, 0) == 0, "allowed unlink");
    CHECK(access("other", F_OK) != 0, "it is still there");
}

static void every_alias_of_a_name_is_the_object(void) {
    char paths[6][128], fd_path[64];
    shared->behaviour = DENY_VICTIM;
    mkdir("dir", 0755);
    make("dir/victim.txt");
    symlink("dir/victim.txt", "harmless");
    symlink("dir", "link");
    int dir = open("dir", O_PATH);
    snprintf(fd_path, sizeof fd_path, "/proc/self/fd/%d/victim.txt", dir);
    strcpy(paths[0], "dir/../dir/victim.txt");
    strcpy(paths[1], "harmless");
    strcpy(paths[2], "link/victim.txt");
    strcpy(paths[3], fd_path);
    snprintf(paths[4], sizeof paths[4], "/proc/self/root%s/work/dir/victim.txt", session);
    snprintf(paths[5], sizeof paths[5], "/usr/../%s/work/dir/victim.txt", session + 1);
    for (int i = 0; i < 6; i++) {
        CHECK(access(paths[i], F_OK) == 0, "the test is wrong: %s", paths[i]);
        CHECK(M(SYS_openat, AT_FDCWD, paths[i], O_RDONLY, 0, 0) == -EACCES, "read %s", paths[i]);
        CHECK(M(SYS_openat, AT_FDCWD, paths[i], O_WRONLY | O_TRUNC, 0, 0) == -EACCES, "truncate %s", paths[i]);
        CHECK(M(SYS_chmod, paths[i], 0600, 0, 0, 0) == -EPERM, "chmod %s", paths[i]);
    }
    struct stat st;
    CHECK(stat("dir/victim.txt", &st) == 0 && st.st_size == 4 && (st.st_mode & 0777) == 0644, "it changed");
    CHECK(M(SYS_rename, "dir/victim.txt", "innocent", 0, 0, 0) == -EPERM, "rename away");
    CHECK(M(SYS_link, "dir/victim.txt", "innocent", 0, 0, 0) == -EPERM, "hard link");
    CHECK(M(SYS_symlink, "dir/victim.txt", "innocent", 0, 0, 0) == -EPERM, "symbolic link");
    CHECK(M(SYS_rename, "harmless", "dir/victim.txt", 0, 0, 0) == -EPERM, "rename onto");
    close(dir);
}

static void the_baseline_is_not_asked(void) {
    shared->behaviour = DENY;
    static const char *const free_paths[] = {"/usr/bin/env", "/etc/passwd", "/lib/x86_64-linux-gnu/libc.so.6", "/dev/null",
                                             "/proc/self/maps", "/proc/meminfo", "/etc", "/dev/urandom", "/usr/lib"};
    for (unsigned i = 0; i < sizeof free_paths / sizeof *free_paths; i++) {
        long fd = M(SYS_openat, AT_FDCWD, free_paths[i], O_RDONLY, 0, 0);
        CHECK(fd >= 0, "%s: %ld", free_paths[i], fd);
        close((int)fd);
    }
    long fd = M(SYS_openat, AT_FDCWD, "/dev/null", O_WRONLY | O_CREAT | O_TRUNC, 0666, 0);
    CHECK(fd >= 0, "write to /dev/null: %ld", fd);
    close((int)fd);
    static const char *const asked[] = {"/etc/shadow", "/proc/1/environ", "/proc/1/mem", "/proc/1/fd", "/etc/ssl/private", "/tmp",
                                        "/proc/1/root/etc/passwd"};
    for (unsigned i = 0; i < sizeof asked / sizeof *asked - 1; i++)
        CHECK(M(SYS_openat, AT_FDCWD, asked[i], O_RDONLY, 0, 0) == -EACCES, "%s", asked[i]);
    CHECK(M(SYS_openat, AT_FDCWD, "/etc/passwd", O_RDWR, 0, 0) == -EACCES, "write to /etc");
    /* A link from a readable place to elsewhere. */
    CHECK(M(SYS_openat, AT_FDCWD, "/proc/self/cwd", O_RDONLY, 0, 0) == -EACCES, "/proc/self/cwd");
}

static void descriptors_are_the_lowest_free(void) {
    shared->behaviour = ALLOW;
    make("plain");
    int expected = dup(0);
    close(expected);
    static const int flags[] = {O_RDONLY, O_WRONLY, O_RDWR | O_CREAT, O_WRONLY | O_TRUNC, O_RDONLY | O_NOFOLLOW};
    for (unsigned i = 0; i < sizeof flags / sizeof *flags; i++) {
        long fd = M(SYS_openat, AT_FDCWD, "plain", flags[i], 0600, 0);
        CHECK(fd == expected, "flags %o gave %ld, not %d", (unsigned)flags[i], fd, expected);
        close((int)fd);
    }
    long fd = M(SYS_openat, AT_FDCWD, "made", O_WRONLY | O_CREAT | O_EXCL, 0640, 0);
    CHECK(fd == expected, "created as %ld", fd);
    close((int)fd);
    int after = dup(0);
    CHECK(after == expected, "a descriptor leaked: %d", after);
    close(after);
}

static void what_is_asked_says_what_it_is(void) {
    size_t size;
    const struct logged *ask = NULL;
    shared->behaviour = ALLOW;
    make("source");
    unsigned from = shared->frames;
    CHECK(M(SYS_renameat2, AT_FDCWD, "source", AT_FDCWD, "./target", 0) == 0, "renameat2");
    CHECK(frames_of(from, CORE_ASK, &ask) == 1, "one question");
    char path[128];
    snprintf(path, sizeof path, "%s/work/source", session);
    const uint8_t *content = field(ask, CORE_PATH1, &size);
    CHECK(content && size == strlen(path) && !memcmp(content, path, size), "PATH %.*s", (int)size, content);
    content = field(ask, CORE_PATH2, &size);
    snprintf(path, sizeof path, "%s/work/target", session);
    CHECK(content && size == strlen(path) && !memcmp(content, path, size), "PATH2 %.*s", (int)size, content);
    struct stat st;
    stat("target", &st);
    content = field(ask, CORE_IDENTITY, &size);
    uint64_t device, inode;
    CHECK(content && size == 64, "IDENTITY");
    memcpy(&device, content, 8);
    memcpy(&inode, content + 8, 8);
    CHECK(device == st.st_dev && inode == st.st_ino, "identity of another");
    CHECK(!field(ask, CORE_IDENTITY2, &size), "IDENTITY2 of nothing");
    content = field(ask, CORE_DETAIL, &size);
    CHECK(content && size == 9 && !memcmp(content, "renameat2", 9), "DETAIL");
}

static void questions_are_numbered_without_gap(void) {
    unsigned from = shared->frames;
    shared->behaviour = ALLOW;
    uint64_t last = 0;
    for (int i = 0; i < 20; i++) {
        make("numbered");
        M(SYS_unlink, "numbered", 0, 0, 0, 0);
    }
    for (unsigned i = from; i < shared->frames; i++) {
        uint64_t number;
        memcpy(&number, shared->log[i % LOGGED].bytes + 16, 8);
        if (shared->log[i % LOGGED].bytes[5] != CORE_ASK)
            continue;
        CHECK(!last || number == last + 1, "%lu after %lu", (unsigned long)number, (unsigned long)last);
        last = number;
    }
}

static void the_state_of_aegis_is_guarded(void) {
    char path[160], inside[160];
    shared->behaviour = ALLOW;
    snprintf(inside, sizeof inside, "%s/secret", home);
    make(inside);
    CHECK(M(SYS_openat, AT_FDCWD, inside, O_RDONLY, 0, 0) == -EACCES, "read");
    CHECK(M(SYS_openat, AT_FDCWD, home, O_RDONLY | O_DIRECTORY, 0, 0) == -EACCES, "list");
    CHECK(M(SYS_unlink, inside, 0, 0, 0, 0) == -EPERM, "unlink");
    CHECK(M(SYS_rename, home, "elsewhere", 0, 0, 0) == -EPERM, "rename");
    CHECK(M(SYS_rename, session, "/tmp/aegis-core-elsewhere", 0, 0, 0) == -EPERM, "rename of an ancestor");
    snprintf(path, sizeof path, "%s/new", home);
    CHECK(M(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT, 0600, 0) == -EACCES, "create");
    symlink(home, "alias");
    CHECK(M(SYS_openat, AT_FDCWD, "alias/secret", O_RDONLY, 0, 0) == -EACCES, "by a link");
    CHECK(M(SYS_link, inside, "copy", 0, 0, 0) == -EPERM, "hard link");
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    snprintf(address.sun_path, sizeof address.sun_path, "%s/run/reporter.sock", session);
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    CHECK(M(SYS_connect, fd, &address, sizeof address, 0, 0) == -EACCES, "connect to the daemon");
    close(fd);
}

static void what_the_guard_refuses_is_recorded_whatever_the_daemon_says(void) {
    char inside[160];
    size_t size;
    const struct logged *refused;
    shared->behaviour = ALLOW;
    unsigned from = shared->frames;
    snprintf(inside, sizeof inside, "%s/policy.toml", home);
    CHECK(M(SYS_openat, AT_FDCWD, inside, O_WRONLY | O_CREAT, 0600, 0) == -EACCES, "allowed by the daemon");
    CHECK(frames_of(from, CORE_REFUSED, &refused) == 1 && !frames_of(from, CORE_ASK, NULL), "one refusal, no question");
    const uint8_t *content = field(refused, CORE_PATH1, &size);
    CHECK(content && size == strlen(inside) && !memcmp(content, inside, size), "PATH %.*s", (int)size, content);
    content = field(refused, CORE_RULE, &size);
    CHECK(content && size == 13 && !memcmp(content, "builtin.guard", 13), "RULE");
    content = field(refused, CORE_REASON, &size);
    CHECK(content && size > 10, "REASON");
}

static void signals_to_oneself_are_free_others_are_asked(void) {
    shared->behaviour = DENY;
    signal(SIGUSR1, SIG_IGN);
    CHECK(M(SYS_kill, getpid(), SIGUSR1, 0, 0, 0) == 0, "self");
    CHECK(M(SYS_tgkill, getpid(), getpid(), SIGUSR1, 0, 0) == 0, "own thread");
    CHECK(M(SYS_kill, getppid(), 0, 0, 0, 0) == 0, "signal 0");
    CHECK(M(SYS_kill, getppid(), SIGUSR1, 0, 0, 0) == -EPERM, "another process");
    CHECK(M(SYS_kill, 0x3ffffff, SIGUSR1, 0, 0, 0) == -ESRCH, "nobody");
    CHECK(M(SYS_io_uring_setup, 8, 0, 0, 0, 0) == -ENOSYS, "rings");
}

int main(void) {
    char work[96];
    daemon_start("/nonexistent/libaegis.so", "/bin/true");
    snprintf(work, sizeof work, "%s/work", session);
    mkdir(work, 0755);
    if (chdir(work))
        abort();
    aegis_start(AEGIS_PRELOAD, environ);
    a_denied_unlink_leaves_the_file();
    every_alias_of_a_name_is_the_object();
    the_baseline_is_not_asked();
    descriptors_are_the_lowest_free();
    what_is_asked_says_what_it_is();
    questions_are_numbered_without_gap();
    the_state_of_aegis_is_guarded();
    what_the_guard_refuses_is_recorded_whatever_the_daemon_says();
    signals_to_oneself_are_free_others_are_asked();
    CHECK(shared->log[0].bytes[5] == CORE_HELLO && frames_of(0, CORE_HELLO, NULL) == 1, "HELLO first, and once");
    session_remove();
    return failures != 0;
}
