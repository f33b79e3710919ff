/*
 * The kernel is the oracle: each call is made natively in one tree and mediated, all allowed, in a twin of it;
 * result, error and what is left of the tree must be the same.
 */
#include "check.h"
#include "daemon.h"

#include <fcntl.h>
#include <ftw.h>
#include <linux/fs.h>
#include <linux/openat2.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <grp.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <unistd.h>

int failures;
extern char **environ;

enum { DIR_FD = 50, FILE_FD, PATH_FD, CLOSED_FD, PIPE_FD, GONE_FD, SOCKET_FD, TMP_FD };

static char long_name[300], long_path[5000], deep_path[4000], *unterminated;
#define BAD ((char *)16)
static struct sockaddr_un missing_socket = {.sun_family = AF_UNIX, .sun_path = "missing"},
                          plain_socket = {.sun_family = AF_UNIX, .sun_path = "file"},
                          live_socket = {.sun_family = AF_UNIX, .sun_path = "socket"};
static struct open_how plain_how = {.flags = O_RDONLY}, bad_how = {.flags = 1ul << 40},
                       beneath = {.flags = O_RDONLY, .resolve = RESOLVE_BENEATH},
                       no_links = {.flags = O_RDONLY, .resolve = RESOLVE_NO_SYMLINKS},
                       make_how = {.flags = O_WRONLY | O_CREAT, .mode = 0640},
                       make_beneath = {.flags = O_WRONLY | O_CREAT, .mode = 0640, .resolve = RESOLVE_BENEATH};

struct trial {
    long nr;
    const char *label;
    long args[6];
};
#define P(x) ((long)(x))
#define T(call, ...) {SYS_##call, #call " " #__VA_ARGS__, {__VA_ARGS__}}
#define CWD AT_FDCWD

static struct trial trials[] = {
    /* open */
    T(open, P("file"), O_RDONLY), T(open, P("missing"), O_RDONLY), T(open, P(""), O_RDONLY), T(open, 0, O_RDONLY),
    T(open, P(BAD), O_RDONLY), T(open, P(BAD), O_WRONLY | O_CREAT, 0600), T(open, P("file/"), O_RDONLY),
    T(open, P("dir/"), O_RDONLY), T(open, P("dir"), O_WRONLY), T(open, P("dir"), O_RDWR), T(open, P("dir"), O_RDONLY | O_CREAT, 0600),
    T(open, P("dir"), O_RDONLY | O_DIRECTORY), T(open, P("file"), O_RDONLY | O_DIRECTORY),
    T(open, P("file/x"), O_RDONLY), T(open, P("file/x"), O_WRONLY | O_CREAT, 0600), T(open, P("loop"), O_RDONLY),
    T(open, P("loop"), O_WRONLY | O_CREAT, 0600), T(open, P("link"), O_RDONLY | O_NOFOLLOW), T(open, P("link"), O_RDONLY),
    T(open, P("link"), O_WRONLY | O_NOFOLLOW), T(open, P("link"), O_WRONLY | O_TRUNC), T(open, P("dangling"), O_RDONLY),
    T(open, P("dangling"), O_WRONLY | O_CREAT, 0600), T(open, P("dangling"), O_WRONLY | O_CREAT | O_EXCL, 0600),
    T(open, P("dangling"), O_WRONLY | O_CREAT | O_NOFOLLOW, 0600), T(open, P("chain"), O_WRONLY | O_CREAT, 0600),
    T(open, P("dangling/"), O_WRONLY | O_CREAT, 0600), T(open, P("new"), O_WRONLY | O_CREAT, 0666),
    T(open, P("new/"), O_WRONLY | O_CREAT, 0666), T(open, P("missing/new"), O_WRONLY | O_CREAT, 0666),
    T(open, P("new"), O_RDONLY | O_CREAT, 0777), T(open, P("new"), O_WRONLY | O_CREAT, 04755),
    T(open, P("new"), O_RDWR | O_CREAT | O_EXCL, 0), T(open, P("file"), O_RDWR | O_CREAT | O_EXCL, 0600),
    T(open, P("dir"), O_RDWR | O_CREAT | O_EXCL, 0600), T(open, P("link"), O_RDWR | O_CREAT | O_EXCL, 0600),
    T(open, P("file"), O_WRONLY | O_TRUNC), T(open, P("file"), O_RDONLY | O_TRUNC), T(open, P("file"), O_WRONLY | O_APPEND),
    T(open, P("file"), 3), T(open, P("new"), O_CREAT | O_DIRECTORY, 0600), T(open, P("."), O_RDONLY), T(open, P(".."), O_RDONLY),
    T(open, P("."), O_WRONLY), T(open, P("/"), O_RDONLY), T(open, P("/"), O_WRONLY | O_CREAT, 0600),
    T(open, P(long_name), O_RDONLY), T(open, P(long_name), O_WRONLY | O_CREAT, 0600), T(open, P(long_path), O_RDONLY),
    T(open, P(deep_path), O_RDONLY), T(open, P("socket"), O_RDONLY), T(open, P("fifo"), O_RDONLY | O_NONBLOCK),
    T(open, P("fifo"), O_WRONLY | O_NONBLOCK), T(open, P("fifo"), O_RDWR), T(open, P("."), O_TMPFILE | O_RDWR, 0600),
    T(open, P("."), O_TMPFILE | O_RDONLY, 0600), T(open, P("file"), O_TMPFILE | O_RDWR, 0600),
    T(open, P("missing"), O_TMPFILE | O_RDWR, 0600), T(open, P("file"), O_PATH), T(open, P("link"), O_PATH | O_NOFOLLOW),
    T(open, P("/proc/self/fd/51"), O_RDONLY), T(open, P("/proc/self/fd/51"), O_WRONLY),
    T(open, P("/proc/self/fd/53"), O_RDONLY), T(open, P("/proc/self/fd/54"), O_RDONLY | O_NONBLOCK), T(open, P("/proc/self/fd/55"), O_RDONLY),
    T(open, P("/proc/self/fd/50/inner"), O_RDONLY), T(open, P("/proc/self/fd/50/made"), O_WRONLY | O_CREAT, 0600),
    T(open, P("/proc/self/fd/56"), O_RDONLY), T(open, P("/dev/null"), O_WRONLY | O_CREAT | O_TRUNC, 0666), T(open, P("/dev/full"), O_RDWR),
    T(open, P("//usr///bin/../bin/env"), O_RDONLY), T(open, P("/usr/bin/missing"), O_RDONLY),
    T(creat, P("made"), 0604), T(creat, P("file"), 0600), T(creat, P("dir"), 0600),
    T(openat, DIR_FD, P("inner"), O_RDONLY), T(openat, CLOSED_FD, P("inner"), O_RDONLY), T(openat, FILE_FD, P("inner"), O_RDONLY),
    T(openat, CLOSED_FD, P("inner"), O_WRONLY | O_CREAT, 0600), T(openat, CLOSED_FD, P("/usr/bin/env"), O_RDONLY),
    T(openat, DIR_FD, P("../file"), O_RDWR), T(openat, PATH_FD, P("new"), O_WRONLY | O_CREAT, 0600),
    T(openat, GONE_FD, P("new"), O_WRONLY | O_CREAT, 0600), T(openat, GONE_FD, P("."), O_RDONLY),
    T(openat2, CWD, P("file"), P(&plain_how), sizeof plain_how), T(openat2, CWD, P("file"), P(&bad_how), sizeof bad_how),
    T(openat2, CWD, P("file"), P(BAD), sizeof bad_how), T(openat2, CWD, P("file"), P(&plain_how), 8),
    T(openat2, CWD, P("../x"), P(&beneath), sizeof beneath), T(openat2, DIR_FD, P("inner"), P(&beneath), sizeof beneath),
    T(openat2, CWD, P("link"), P(&no_links), sizeof no_links), T(openat2, CWD, P("new"), P(&make_how), sizeof make_how),
    T(openat2, DIR_FD, P("new"), P(&make_beneath), sizeof make_beneath), T(openat2, DIR_FD, P("../new"), P(&make_beneath), sizeof make_beneath),
    T(openat2, DIR_FD, P("sub/new"), P(&make_beneath), sizeof make_beneath), T(openat2, DIR_FD, P("/new"), P(&make_beneath), sizeof make_beneath),
    /* unlink, rmdir */
    T(unlink, P("file")), T(unlink, P("missing")), T(unlink, P("")), T(unlink, P(BAD)), T(unlink, 0), T(unlink, P("dir")), T(unlink, P("dir/")),
    T(unlink, P("file/")), T(unlink, P("link")), T(unlink, P("link/")), T(unlink, P("dirlink/")), T(unlink, P(".")), T(unlink, P("..")), T(unlink, P("/")),
    T(unlink, P("loop")), T(unlink, P("file/x")), T(unlink, P(long_name)), T(unlink, P(long_path)), T(unlink, P("dangling")),
    T(unlinkat, DIR_FD, P("inner"), 0), T(unlinkat, DIR_FD, P("inner"), AT_REMOVEDIR), T(unlinkat, CLOSED_FD, P("inner"), 0),
    T(unlinkat, FILE_FD, P("inner"), 0), T(unlinkat, CWD, P("empty"), AT_REMOVEDIR), T(unlinkat, CWD, P("file"), 77),
    T(unlinkat, DIR_FD, P(""), AT_EMPTY_PATH), T(rmdir, P("empty")), T(rmdir, P("empty/")), T(rmdir, P("dir")), T(rmdir, P("file")), T(rmdir, P("dirlink")),
    T(rmdir, P("dirlink/")), T(rmdir, P(".")), T(rmdir, P("..")), T(rmdir, P("/")), T(rmdir, P("missing")), T(rmdir, P("empty/.")), T(rmdir, P("empty/..")),
    /* rename */
    T(rename, P("file"), P("new")), T(rename, P("missing"), P("new")), T(rename, P("file"), P("other")), T(rename, P("file"), P("dir")),
    T(rename, P("dir"), P("file")), T(rename, P("dir"), P("empty")), T(rename, P("empty"), P("dir")), T(rename, P("dir"), P("dir/sub")), T(rename, P("file"), P("file")),
    T(rename, P("file/"), P("new")), T(rename, P("file"), P("new/")), T(rename, P("dir"), P("new/")), T(rename, P("dir/"), P("new")), T(rename, P("."), P("new")),
    T(rename, P("file"), P("..")), T(rename, P("file"), P("dir/.")), T(rename, P(BAD), P("new")), T(rename, P("file"), P(BAD)), T(rename, P(""), P("new")), T(rename, P("file"), P("")),
    T(rename, P("link"), P("new")), T(rename, P("file"), P("dangling")), T(rename, P("file"), P("missing/new")), T(rename, P("file/x"), P("new")), T(rename, P("file"), P("/proc/new")),
    T(rename, P("hard"), P("file")), T(rename, P(long_name), P("new")), T(rename, P("file"), P(long_name)), T(rename, P("dir/sub"), P("empty")),
    T(renameat, DIR_FD, P("inner"), CWD, P("new")), T(renameat, CLOSED_FD, P("inner"), CWD, P("new")), T(renameat2, CWD, P("file"), CWD, P("other"), RENAME_NOREPLACE),
    T(renameat2, CWD, P("file"), CWD, P("other"), RENAME_EXCHANGE), T(renameat2, CWD, P("file"), CWD, P("dir"), RENAME_EXCHANGE),
    T(renameat2, CWD, P("file"), CWD, P("missing"), RENAME_EXCHANGE), T(renameat2, CWD, P("file"), CWD, P("new"), 64), T(renameat2, CWD, P("file"), CWD, P("new"), 3),
    T(rename, P("/"), P("new")), T(rename, P("dir"), P("dir/.")), T(rename, P("missing"), P("dir/..")),
    /* link, symlink */
    T(link, P("file"), P("new")), T(link, P("missing"), P("new")), T(link, P("file"), P("other")), T(link, P("dir"), P("new")), T(link, P("link"), P("new")),
    T(link, P("dangling"), P("new")), T(link, P("file"), P("new/")), T(link, P("file/"), P("new")), T(link, P(BAD), P("new")), T(link, P("file"), P(BAD)), T(link, P("file"), P("dir/..")),
    T(link, P("file"), P("")), T(link, P(""), P("new")), T(link, P("file"), P("/dev/shm/aegis-no-such-name")), T(link, P("."), P("new")), T(linkat, CWD, P("link"), CWD, P("new"), AT_SYMLINK_FOLLOW),
    T(linkat, FILE_FD, P(""), CWD, P("new"), AT_EMPTY_PATH), T(linkat, CWD, P("file"), CWD, P("new"), 8), T(linkat, CWD, P("/proc/self/fd/57"), CWD, P("new"), AT_SYMLINK_FOLLOW),
    T(linkat, CWD, P("/proc/self/fd/51"), DIR_FD, P("new"), AT_SYMLINK_FOLLOW), T(symlink, P("anything"), P("new")), T(symlink, P(""), P("new")), T(symlink, P("x"), P("file")),
    T(symlink, P("x"), P("dangling")), T(symlink, P("x"), P("new/")), T(symlink, P(BAD), P("new")), T(symlink, P("x"), P(BAD)), T(symlink, P("x"), P(".")), T(symlink, P(long_path), P("new")),
    T(symlinkat, P("x"), DIR_FD, P("new")), T(symlinkat, P("x"), CLOSED_FD, P("new")), T(symlink, P("x"), P("missing/new")),
    /* mkdir, mknod */
    T(mkdir, P("new"), 0777), T(mkdir, P("new/"), 0700), T(mkdir, P("new///"), 01777), T(mkdir, P("dir"), 0700), T(mkdir, P("file"), 0700), T(mkdir, P("dangling"), 0700), T(mkdir, P("dangling/"), 0700),
    T(mkdir, P("missing/new"), 0700), T(mkdir, P("file/new"), 0700), T(mkdir, P(""), 0700), T(mkdir, P(BAD), 0700), T(mkdir, P("."), 0700), T(mkdir, P("/"), 0700), T(mkdir, P("new/."), 0700),
    T(mkdir, P(long_name), 0700), T(mkdirat, DIR_FD, P("new"), 0711), T(mkdirat, GONE_FD, P("new"), 0711), T(mknod, P("new"), S_IFIFO | 0600, 0), T(mknod, P("new"), S_IFREG | 0600, 0),
    T(mknod, P("new"), 0600, 0), T(mknod, P("new"), S_IFDIR | 0600, 0), T(mknod, P("file"), S_IFIFO | 0600, 0), T(mknod, P("new/"), S_IFIFO | 0600, 0), T(mknodat, DIR_FD, P("new"), S_IFSOCK | 0600, 0),
    T(mknod, P("dir/"), S_IFIFO | 0600, 0), T(mknod, P("new"), 0170600, 0),
    /* what a file is like */
    T(chmod, P("file"), 0640), T(chmod, P("link"), 0640), T(chmod, P("missing"), 0640), T(chmod, P("dir"), 01755), T(chmod, P("file/"), 0640), T(chmod, P(BAD), 0640), T(chmod, P(""), 0640), T(chmod, P("dangling"), 0640),
    T(chmod, P("file"), 06755), T(fchmod, FILE_FD, 0600), T(fchmod, CLOSED_FD, 0600), T(fchmod, PATH_FD, 0600), T(fchmod, PIPE_FD, 0600), T(fchmod, -1, 0600), T(fchmodat, DIR_FD, P("inner"), 0600), T(fchmodat, DIR_FD, P(""), 0600),
    {452, "fchmodat2 link, nofollow", {CWD, P("link"), 0600, AT_SYMLINK_NOFOLLOW}}, {452, "fchmodat2 file, nofollow", {CWD, P("file"), 0600, AT_SYMLINK_NOFOLLOW}}, {452, "fchmodat2 FILE_FD, empty", {FILE_FD, P(""), 0604, AT_EMPTY_PATH}}, {452, "fchmodat2 bad flags", {CWD, P("file"), 0604, 2}},
    T(chown, P("file"), 12, 34), T(chown, P("link"), 12, 34), T(lchown, P("link"), 12, 34), T(lchown, P("dangling"), 12, -1), T(chown, P("dangling"), 1, 1), T(fchown, FILE_FD, 5, 6), T(fchown, PATH_FD, 5, 6),
    T(fchownat, FILE_FD, P(""), 7, 8, AT_EMPTY_PATH), T(fchownat, CWD, P("link"), 7, 8, AT_SYMLINK_NOFOLLOW), T(fchownat, CWD, P("link"), 7, 8, 2), T(fchownat, CWD, P(""), 7, 8, 0),
    T(truncate, P("file"), 2), T(truncate, P("file"), -1), T(truncate, P("dir"), 0), T(truncate, P("missing"), 0), T(truncate, P("fifo"), 0), T(truncate, P("link"), 100), T(truncate, P(BAD), 0), T(truncate, P("socket"), 0),
    T(setxattr, P("file"), P("user.a"), P("v"), 1, 0), T(setxattr, P("link"), P("user.a"), P("v"), 1, 0), T(lsetxattr, P("link"), P("user.a"), P("v"), 1, 0), T(lsetxattr, P("link"), P("trusted.a"), P("v"), 1, 0), T(lsetxattr, P("file"), P("user.a"), P("v"), 1, 0),
    T(fsetxattr, FILE_FD, P("user.a"), P("v"), 1, 0), T(fsetxattr, CLOSED_FD, P("user.a"), P("v"), 1, 0), T(setxattr, P("file"), P("nonsense"), P("v"), 1, 0), T(setxattr, P("file"), P(BAD), P("v"), 1, 0),
    T(removexattr, P("file"), P("user.b")), T(removexattr, P("missing"), P("user.b")), T(lremovexattr, P("file"), P("user.kept")), T(fremovexattr, FILE_FD, P("user.kept")),
    /* sockets and processes */
    T(connect, SOCKET_FD, P(&missing_socket), sizeof missing_socket), T(connect, SOCKET_FD, P(&plain_socket), sizeof plain_socket), T(connect, SOCKET_FD, P(&live_socket), sizeof live_socket),
    T(connect, SOCKET_FD, P(BAD), 16), T(connect, SOCKET_FD, P(&live_socket), -1), T(connect, SOCKET_FD, P(&live_socket), 200), T(connect, CLOSED_FD, P(&live_socket), sizeof live_socket), T(connect, FILE_FD, P(&live_socket), sizeof live_socket),
    T(connect, SOCKET_FD, P(&live_socket), 1), T(bind, SOCKET_FD, P(&missing_socket), sizeof missing_socket), T(bind, SOCKET_FD, P(&plain_socket), sizeof plain_socket), T(bind, CLOSED_FD, P(&missing_socket), sizeof missing_socket),
    T(bind, SOCKET_FD, P(BAD), 16), T(bind, SOCKET_FD, P(&missing_socket), 300), T(kill, 0x3ffffff, 15), T(kill, 1, 99), T(kill, 0, 0), T(tgkill, 1, 0x3ffffff, 15), T(tgkill, -1, 1, 15), T(tkill, 0, 15), T(pidfd_send_signal, CLOSED_FD, 15, 0, 0), T(pidfd_send_signal, FILE_FD, 15, 0, 0),
    /* programs that the kernel does not run */
    T(execve, P("missing"), 0, 0), T(execve, P("file"), 0, 0), T(execve, P("dir"), 0, 0), T(execve, P("plainexec"), 0, 0), T(execve, P("emptyexec"), 0, 0), T(execve, P("badscript"), 0, 0), T(execve, P("dangling"), 0, 0), T(execve, P("file/x"), 0, 0),
    T(execve, P(BAD), 0, 0), T(execve, P("plainexec"), P(BAD), 0), T(execve, P("loop"), 0, 0), T(execve, P("scriptloop"), 0, 0), T(execve, P("cutelf"), 0, 0), T(execve, P(""), 0, 0), T(execve, P("socket"), 0, 0), T(execve, P(long_name), 0, 0),
    T(execveat, FILE_FD, P(""), 0, 0, AT_EMPTY_PATH), T(execveat, CLOSED_FD, P("x"), 0, 0, 0), T(execveat, CWD, P("execlink"), 0, 0, AT_SYMLINK_NOFOLLOW), T(execveat, CWD, P("plainexec"), 0, 0, 64), T(execve, P("noscript"), 0, 0),
    /* what others may not */
    T(open, P("closed"), O_RDONLY), T(open, P("closed"), O_WRONLY | O_TRUNC), T(open, P("locked/in"), O_RDONLY), T(open, P("locked/in"), O_WRONLY | O_CREAT, 0600), T(open, P("fixed/new"), O_WRONLY | O_CREAT, 0600),
    T(unlink, P("fixed/in")), T(unlink, P("locked/in")), T(rmdir, P("fixed/sub")), T(rename, P("fixed/in"), P("new")), T(rename, P("file"), P("fixed/in")), T(mkdir, P("fixed/new"), 0700), T(mkdir, P("fixed/sub"), 0700),
    T(link, P("file"), P("fixed/new")), T(symlink, P("x"), P("fixed/new")), T(mknod, P("fixed/new"), S_IFIFO | 0600, 0), T(chmod, P("/etc/passwd"), 0777 & 0644), T(truncate, P("closed"), 0), T(unlink, P("/etc/passwd/")),
    T(open, P("/etc/passwd"), O_WRONLY | O_APPEND), T(execve, P("closedexec"), 0, 0), T(chown, P("file"), 0, 0), T(fchownat, CWD, P("fixed"), -1, -1, 0), T(mknod, P("new"), S_IFCHR | 0600, 259), T(rename, P("locked"), P("new")),
    /* pointers into a page of which the string runs out */
    {SYS_open, "open unterminated", {0}}, {SYS_unlink, "unlink unterminated", {0}}, {SYS_mkdir, "mkdir unterminated", {0}},
};
#define TRIALS (sizeof trials / sizeof *trials)

static void put(const char *name, const char *text, mode_t mode) {
    int fd = open(name, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (fd < 0 || write(fd, text, strlen(text)) < 0 || fchmod(fd, mode) || close(fd))
        abort();
}

static void keep(int fd, int number) {
    if (fd < 0 || dup2(fd, number) < 0)
        abort();
    close(fd);
}

/* The same tree every time, in the working directory. */
static void populate(void) {
    int ends[2];
    mkdir("dir", 0755), mkdir("dir/sub", 0755), mkdir("empty", 0755), mkdir("gone", 0755);
    put("file", "content", 0644), put("other", "other", 0600), put("dir/inner", "inner", 0644);
    put("plainexec", "no format", 0755), put("emptyexec", "", 0755), put("badscript", "#!\n", 0755);
    put("scriptloop", "#!./scriptloop\n", 0755), put("noscript", "#!/missing/interpreter\n", 0755), put("cutelf", "\177ELF\2\1\1", 0755);
    link("file", "hard"), symlink("file", "link"), symlink("dir", "dirlink"), symlink("loop", "loop");
    symlink("target", "dangling"), symlink("dangling", "chain"), symlink("plainexec", "execlink"), mkfifo("fifo", 0644);
    put("closed", "closed", 0), mkdir("locked", 0700), put("locked/in", "in", 0644), mkdir("fixed", 0755), put("fixed/in", "in", 0644);
    put("closedexec", "#!/bin/true\n", 0644), mkdir("fixed/sub", 0755), chmod("fixed", 0555), chmod("locked", 0);
    setxattr("file", "user.kept", "v", 1, 0);
    keep(open("dir", O_RDONLY), DIR_FD), keep(open("file", O_RDONLY), FILE_FD), keep(open("dir", O_PATH), PATH_FD);
    keep(open("gone", O_RDONLY), GONE_FD), rmdir("gone"), close(CLOSED_FD);
    pipe(ends), keep(ends[0], PIPE_FD), close(ends[1]);
    int listener = socket(AF_UNIX, SOCK_STREAM, 0);
    if (bind(listener, (struct sockaddr *)&live_socket, sizeof live_socket) || listen(listener, 4))
        abort();
    keep(listener, 49);
    keep(socket(AF_UNIX, SOCK_STREAM, 0), SOCKET_FD);
    keep(open(".", O_TMPFILE | O_RDWR, 0600), TMP_FD);
}

/* The tree as text: everything that a call might have changed, a line a name, in order. */
#define MOST_NAMES 64
static char lines[MOST_NAMES][200];
static int names;

static int describe_one(const char *path, const struct stat *st, int type, struct FTW *at) {
    char text[64] = "", attribute[16] = "";
    (void)type, (void)at;
    if (S_ISLNK(st->st_mode))
        readlink(path, text, sizeof text - 1);
    else if (S_ISREG(st->st_mode))
        lgetxattr(path, "user.a", attribute, sizeof attribute - 1);
    long kept = S_ISREG(st->st_mode) ? lgetxattr(path, "user.kept", NULL, 0) : 0;
    long size = S_ISDIR(st->st_mode) ? 0 : (long)st->st_size;
    if (names < MOST_NAMES)
        snprintf(lines[names++], sizeof *lines, "%s %o %ld %lu %u:%u %s %s %ld\n", path, st->st_mode, size, (unsigned long)st->st_nlink,
                 st->st_uid, st->st_gid, text, attribute, kept);
    return 0;
}

static int by_text(const void *a, const void *b) {
    return strcmp(a, b);
}

static void describe(char *to) {
    names = 0;
    nftw(".", describe_one, 16, FTW_PHYS);
    qsort(lines, (size_t)names, sizeof *lines, by_text);
    *to = 0;
    for (int i = 0; i < names; i++)
        to = stpcpy(to, lines[i]);
}

static char base[96];

static void in_new_directory(const char *name) {
    char path[128];
    snprintf(path, sizeof path, "%s/%s", base, name);
    if (mkdir(path, 0755) || chdir(path))
        abort();
    populate();
}

static int open_up(const char *path, const struct stat *st, int type, struct FTW *at) {
    (void)at;
    if (type == FTW_D || type == FTW_DNR)
        chmod(path, 0700);
    return st->st_mode == 0;
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *at) {
    (void)st, (void)type, (void)at;
    return remove(path);
}

static void leave(const char *name) {
    char path[128];
    snprintf(path, sizeof path, "%s/%s", base, name);
    chdir("/");
    for (int round = 0; round < 2; round++) /* what was closed can be looked into the second time */
        nftw(path, open_up, 16, FTW_PHYS);
    if (nftw(path, remove_one, 16, FTW_PHYS | FTW_DEPTH))
        abort();
}

struct outcome {
    long result;
    int flags;
    char tree[16384];
};

static void observe(struct outcome *outcome, const struct trial *trial, bool with_us) {
    in_new_directory("tree");
    long before = fcntl(0, F_DUPFD, 0);
    close((int)before);
    const long *a = trial->args;
    outcome->result = with_us ? aegis_mediate(trial->nr, a) : syscall(trial->nr, a[0], a[1], a[2], a[3], a[4], a[5]);
    if (!with_us && outcome->result < 0)
        outcome->result = -errno;
    outcome->flags = 0;
    bool opens = outcome->result > 2;
    if (opens) {
        outcome->flags = fcntl((int)outcome->result, F_GETFL) | fcntl((int)outcome->result, F_GETFD) << 30;
        close((int)outcome->result);
    }
    long after = fcntl(0, F_DUPFD, 0);
    close((int)after);
    CHECK(before == after, "%s leaves a descriptor open", trial->label);
    describe(outcome->tree);
    leave("tree");
}

static struct outcome native, ours;

static void compare(const struct trial *trial) {
    observe(&native, trial, false);
    observe(&ours, trial, true);
    CHECK(native.result == ours.result, "%s: %ld (%s), mediated %ld (%s)", trial->label, native.result, native.result < 0 ? strerror((int)-native.result) : "", ours.result, ours.result < 0 ? strerror((int)-ours.result) : "");
    int differing = native.flags ^ ours.flags;
    /* Opened through its descriptor, a file does not show that its name was not to be a link. */
    CHECK((differing & ~O_NOFOLLOW) == 0, "%s: flags %x, mediated %x", trial->label, native.flags, ours.flags);
    CHECK(!strcmp(native.tree, ours.tree), "%s leaves another tree:\n%s---\n%s", trial->label, native.tree, ours.tree);
}

/* All of them as a user, in a directory of that user. */
static void compare_all(const char *name, uid_t user) {
    snprintf(base, sizeof base, "%s/%s", session, name);
    mkdir(base, 0755);
    if (user != getuid() && (chown(base, user, user) || setgroups(0, NULL) || setresgid(user, user, user) || setresuid(user, user, user)))
        abort();
    for (size_t i = 0; i < TRIALS; i++)
        compare(&trials[i]);
    printf("%zu calls compared as user %u\n", TRIALS, user);
}

int main(void) {
    umask(022);
    memset(long_name, 'n', sizeof long_name - 1);
    memset(long_path, 'p', sizeof long_path - 1);
    for (size_t i = 0; i + 2 < sizeof deep_path; i += 2)
        memcpy(deep_path + i, "./", 3);
    char *pages = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    munmap(pages + 4096, 4096);
    unterminated = memset(pages + 4090, 'u', 6);
    for (size_t i = 0; i < TRIALS; i++)
        if (strstr(trials[i].label, "unterminated"))
            trials[i].args[0] = P(unterminated);
    daemon_start("/nonexistent/libaegis.so", "/bin/true");
    daemon_for_everybody();
    aegis_start(AEGIS_PRELOAD, environ);
    shared->behaviour = ALLOW;
    compare_all("own", getuid());
    pid_t child = getuid() ? 0 : fork();
    if (!child && !getuid()) {
        compare_all("other", 12345);
        return failures != 0;
    }
    int status = 0;
    if (child)
        waitpid(child, &status, 0);
    failures += status != 0;
    session_remove();
    return failures != 0;
}
