/* Every kind of mutating call, made raw: carried out once when it may be, refused and without effect on a victim. */
#include "raw.h"

#include <stdint.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

static const char *made(const char *name, const char *suffix) {
    static char paths[8][64];
    static unsigned next;
    char *path = paths[next++ % 8];
    snprintf(path, 64, "%s-%s", name, suffix);
    return path;
}

/* Every call once on name-free and once on name-victim, which are there before; result is what the kernel says. */
static void names(const char *who, long expected) {
    const char *path;
    long result;
#define ON(nr, name, ...) \
    path = made(name, who), make(path); \
    result = RAW(nr, __VA_ARGS__); \
    EXPECT(result == expected, "%s on %s: %ld", #nr, path, result);
    ON(SYS_unlink, "unlink", path)
    EXPECT(is_there(path) == (expected != 0), "%s", path);
    ON(SYS_unlinkat, "unlinkat", AT_FDCWD, path, 0)
    EXPECT(is_there(path) == (expected != 0), "%s", path);
    ON(SYS_rename, "rename", path, made("renamed", who))
    EXPECT(is_there(path) == (expected != 0), "%s", path);
    ON(SYS_renameat2, "renameat2", AT_FDCWD, path, AT_FDCWD, made("renamed2", who), 0)
    ON(SYS_link, "link", path, made("linked", who))
    ON(SYS_linkat, "linkat", AT_FDCWD, path, AT_FDCWD, made("linkedat", who), 0)
    ON(SYS_truncate, "truncate", path, 1)
    ON(SYS_chmod, "chmod", path, 0600)
    ON(SYS_fchmodat, "fchmodat", AT_FDCWD, path, 0600)
    ON(SYS_symlink, "symlink", path, made("symlinked", who))
    ON(SYS_mkdir, "mkdir", made("made", who), 0755)
    ON(SYS_mknod, "mknod", made("fifo", who), S_IFIFO | 0644, 0)
    ON(SYS_setxattr, "setxattr", path, "user.aegis", "x", 1, 0)
    tell_daemon("deny-nothing");
    mkdir(path = made("rmdir", who), 0755);
    tell_daemon("deny-again");
    EXPECT(RAW(SYS_rmdir, path) == expected, "rmdir on %s", path);
}

static void opening(void) {
    make("open-victim");
    EXPECT(RAW(SYS_open, "open-victim", O_WRONLY | O_TRUNC, 0) == -EACCES, "truncating open");
    EXPECT(RAW(SYS_openat, AT_FDCWD, "openat-victim", O_WRONLY | O_CREAT, 0644) == -EACCES, "creating openat");
    EXPECT(!is_there("openat-victim"), "made");
    EXPECT(RAW(SYS_creat, "creat-victim", 0644) == -EACCES, "creat");
    long fd = RAW(SYS_openat, AT_FDCWD, "openat-free", O_WRONLY | O_CREAT | O_EXCL, 0644);
    EXPECT(fd >= 0 && RAW(SYS_write, fd, "text", 4) == 4, "creating openat: %ld", fd);
    EXPECT(RAW(SYS_close, fd) == 0, "close");
    struct stat status;
    EXPECT(!stat("open-victim", &status) && status.st_size == 4, "the victim was cut");
}

static void sockets(void) {
    struct sockaddr_un to = {.sun_family = AF_UNIX, .sun_path = "socket-victim"};
    long fd = RAW(SYS_socket, AF_UNIX, SOCK_STREAM, 0);
    EXPECT(RAW(SYS_bind, fd, &to, sizeof to) == -EPERM, "bind");
    strcpy(to.sun_path, "socket-free");
    EXPECT(RAW(SYS_bind, fd, &to, sizeof to) == 0, "bind");
    RAW(SYS_close, fd);
}

static void programs(void) {
    char *const argv[] = {"sh", "-c", "exit 7", NULL}, *const none[] = {NULL};
    int status;
    pid_t child = fork();
    if (!child) {
        RAW(SYS_execve, "/bin/sh", argv, none);
        _exit(99);
    }
    waitpid(child, &status, 0);
    EXPECT(WIFEXITED(status) && WEXITSTATUS(status) == 7, "execve: status %x", status);
    child = fork();
    if (!child) {
        make("program-victim");
        chmod("program-victim", 0755);
        _exit(RAW(SYS_execve, "./program-victim", argv, none) < 0 ? 8 : 99);
    }
    waitpid(child, &status, 0);
    EXPECT(WIFEXITED(status) && WEXITSTATUS(status) != 99, "execve of a victim: status %x", status);
}

/* What the kernel answers to nonsense is what the program gets. */
static void errors(void) {
    EXPECT(RAW(SYS_unlink, "absent") == -ENOENT, "absent file");
    EXPECT(RAW(SYS_unlink, (void *)8) == -EFAULT, "bad pointer");
    EXPECT(RAW(SYS_openat, AT_FDCWD, (void *)8, O_RDONLY, 0) == -EFAULT, "bad pointer");
    EXPECT(RAW(SYS_close, 12345) == -EBADF, "close");
    EXPECT(RAW(SYS_rt_sigaction, SIGSYS, (void *)8, NULL, 8) == -EFAULT, "bad pointer");
    EXPECT(RAW(SYS_rt_sigaction, SIGUSR1, NULL, NULL, 7) == -EINVAL, "size of a set");
    EXPECT(RAW(SYS_rt_sigprocmask, 77, &(long){0}, NULL, 8) == -EINVAL, "how");
    EXPECT(RAW(SYS_rt_sigprocmask, SIG_BLOCK, (void *)8, NULL, 8) == -EFAULT, "bad pointer");
    EXPECT(RAW(511, 0) == -ENOSYS, "no such call");
}

int main(void) {
    names("free", 0);
    names("victim", -EPERM);
    opening();
    sockets();
    programs();
    errors();
    return failures != 0;
}
