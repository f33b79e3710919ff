/*
 * What the file calls of libc answer: every call of a table on every path of a table, each in a fresh fixture, with the result, errno and
 * what it left behind, a line each. Run unwrapped and wrapped, the output must be the same.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <unistd.h>

static char root[PATH_MAX];
static char long_name[300];
static char long_path[PATH_MAX + 200];
static int fixture_number;
static int fifo = -1;

static void must(int ok, const char *what)
{
    if (!ok) {
        perror(what);
        exit(2);
    }
}

static void write_file(const char *path)
{
    int fd = open(path, O_WRONLY | O_CREAT, 0644);
    must(fd >= 0 && write(fd, "content", 7) == 7, path);
    close(fd);
}

static void fixture(void)
{
    char name[PATH_MAX + 32];
    snprintf(name, sizeof name, "%s/%d", root, fixture_number++);
    must(mkdir(name, 0755) == 0 && chdir(name) == 0, name);
    write_file("file");
    write_file("other");
    must(mkdir("dir", 0755) == 0, "dir");
    must(mkdir("empty", 0755) == 0, "empty");
    write_file("dir/inner");
    must(symlink("file", "link-file") == 0, "link-file");
    must(symlink("dir", "link-dir") == 0, "link-dir");
    must(symlink("missing", "link-missing") == 0, "link-missing");
    must(symlink("loop", "loop") == 0, "loop");
    must(symlink("../link-file", "dir/link-up") == 0, "dir/link-up");
    must(mkfifo("fifo", 0644) == 0, "fifo");
    /* Both ends stay open, so that no open of it blocks. */
    if (fifo >= 0)
        close(fifo);
    fifo = open("fifo", O_RDWR | O_CLOEXEC);
    must(fifo >= 0, "fifo");
    int script = open("script", O_WRONLY | O_CREAT, 0755);
    must(script >= 0 && write(script, "#!/bin/sh\nexit 7\n", 17) == 17, "script");
    close(script);
    script = open("text", O_WRONLY | O_CREAT, 0755);
    must(script >= 0 && write(script, "exit 8\n", 7) == 7, "text");
    close(script);
}

static void list(const char *directory, int depth)
{
    struct dirent **entries;
    int count = scandir(directory, &entries, NULL, alphasort);
    for (int i = 0; i < count; i++) {
        const char *name = entries[i]->d_name;
        if (strcmp(name, ".") != 0 && strcmp(name, "..") != 0) {
            char path[PATH_MAX];
            struct stat st;
            snprintf(path, sizeof path, "%s/%s", directory, name);
            if (lstat(path, &st) == 0) {
                printf(" %.12s:%o:%ld:%ld", path + 2, st.st_mode, (long)st.st_nlink, S_ISDIR(st.st_mode) ? 0L : (long)st.st_size);
                if (S_ISDIR(st.st_mode) && depth < 3)
                    list(path, depth + 1);
            }
        }
        free(entries[i]);
    }
    if (count >= 0)
        free(entries);
}

typedef long (*one)(const char *path);
typedef long (*two)(const char *from, const char *to);

static long opened(int fd)
{
    if (fd >= 0)
        close(fd);
    return fd;
}

#define OPEN(name, flags)                               \
    static long name(const char *path)                  \
    {                                                   \
        return opened(open(path, (flags), 0640));       \
    }
OPEN(open_read, O_RDONLY | O_NONBLOCK)
OPEN(open_write, O_WRONLY | O_NONBLOCK)
OPEN(open_both, O_RDWR | O_NONBLOCK)
OPEN(open_create, O_WRONLY | O_CREAT | O_NONBLOCK)
OPEN(open_exclusive, O_RDWR | O_CREAT | O_EXCL)
OPEN(open_truncate, O_WRONLY | O_TRUNC | O_NONBLOCK)
OPEN(open_read_truncate, O_RDONLY | O_TRUNC | O_NONBLOCK)
OPEN(open_append, O_WRONLY | O_APPEND | O_CREAT | O_NONBLOCK)
OPEN(open_directory, O_RDONLY | O_DIRECTORY)
OPEN(open_nofollow, O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
OPEN(open_nofollow_create, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK)
OPEN(open_path, O_PATH)
OPEN(open_path_nofollow, O_PATH | O_NOFOLLOW)
OPEN(open_tmpfile, O_RDWR | O_TMPFILE)
OPEN(open_create_directory, O_RDWR | O_CREAT | O_DIRECTORY)
OPEN(open_bad_access, O_ACCMODE | O_NONBLOCK)

#define CALL(name, expression)             \
    static long name(const char *path)     \
    {                                      \
        return (expression);               \
    }
CALL(call_creat, opened(creat(path, 0604)))
CALL(call_unlink, unlink(path))
CALL(call_rmdir, rmdir(path))
CALL(call_remove, remove(path))
CALL(call_unlinkat, unlinkat(AT_FDCWD, path, 0))
CALL(call_unlinkat_dir, unlinkat(AT_FDCWD, path, AT_REMOVEDIR))
CALL(call_unlinkat_bad_flag, unlinkat(AT_FDCWD, path, 0x40000))
CALL(call_unlinkat_bad_fd, unlinkat(987, path, 0))
CALL(call_mkdir, mkdir(path, 0750))
CALL(call_mkdir_sticky, mkdir(path, 01777))
CALL(call_mkfifo, mkfifo(path, 0600))
CALL(call_mknod_file, mknod(path, S_IFREG | 0600, 0))
CALL(call_mknod_bad, mknod(path, S_IFDIR | 0600, 0))
CALL(call_chmod, chmod(path, 0640))
CALL(call_fchmodat_nofollow, fchmodat(AT_FDCWD, path, 0640, AT_SYMLINK_NOFOLLOW))
CALL(call_chown, chown(path, getuid(), getgid()))
CALL(call_lchown, lchown(path, (uid_t)-1, (gid_t)-1))
CALL(call_truncate, truncate(path, 3))
CALL(call_truncate_negative, truncate(path, -1))
CALL(call_utimes, utimes(path, NULL))
CALL(call_setxattr, setxattr(path, "user.aegis", "x", 1, 0))
CALL(call_removexattr, removexattr(path, "user.missing"))
CALL(call_symlink, symlink("target", path))
CALL(call_symlink_empty, symlink("", path))
CALL(call_access, access(path, R_OK))

static long call_fopen(const char *path, const char *mode)
{
    FILE *file = fopen(path, mode);
    if (file == NULL)
        return -1;
    fclose(file);
    return 0;
}
CALL(fopen_r, call_fopen(path, "r"))
CALL(fopen_w, call_fopen(path, "we"))
CALL(fopen_a_plus, call_fopen(path, "a+"))
CALL(fopen_wx, call_fopen(path, "wx"))
CALL(fopen_bad, call_fopen(path, "q"))

static long call_opendir(const char *path)
{
    DIR *directory = opendir(path);
    if (directory == NULL)
        return -1;
    closedir(directory);
    return 0;
}

/* The program runs in a child; what comes back is its exit status or, negated, the errno of the failed exec. */
static long executed(const char *path, int search)
{
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        int null = open("/dev/null", O_WRONLY);
        dup2(null, 1);
        dup2(null, 2);
        close(null);
        char *const argv[] = {"guest", NULL};
        char *const envp[] = {"PATH=/usr/bin:/bin", NULL};
        if (search)
            execvpe(path, argv, envp);
        else
            execve(path, argv, envp);
        _exit(errno == 0 ? 250 : errno);
    }
    int status = 0;
    must(child > 0 && waitpid(child, &status, 0) == child, "waitpid");
    errno = 0;
    return status;
}
CALL(call_execve, executed(path, 0))
CALL(call_execvp, executed(path, 1))

static long rename2(const char *from, const char *to)
{
    return rename(from, to);
}
static long rename_noreplace(const char *from, const char *to)
{
    return renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE);
}
static long rename_exchange(const char *from, const char *to)
{
    return renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_EXCHANGE);
}
static long rename_bad_flags(const char *from, const char *to)
{
    return renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_EXCHANGE | RENAME_NOREPLACE);
}
static long link2(const char *from, const char *to)
{
    return link(from, to);
}
static long link_follow(const char *from, const char *to)
{
    return linkat(AT_FDCWD, from, AT_FDCWD, to, AT_SYMLINK_FOLLOW);
}
static long rename_bad_fd(const char *from, const char *to)
{
    return renameat(987, from, 987, to);
}

/* Nothing outside the fixture that exists: every call is made on every path, in earnest. */
static const char *paths[] = {"file",     "dir",       "empty",        "missing",    "file/",     "dir/",   "missing/",  "file/x",        "dir/x",
                              "dir/.",    "dir/..",    "empty/.",      "link-file",  "link-dir",  "link-dir/", "link-dir/inner", "link-missing",
                              "link-missing/", "loop", "loop/x",       "fifo",       "script",    "text",   "dir/link-up", ".",
                              "",         "/nowhere/x",   "/proc/self/cwd/file", "./././file", "dir//../file", "dir/../dir/inner/.."};

static const struct {
    const char *name;
    one call;
} ones[] = {
#define ROW(name) {#name, name}
    ROW(open_read), ROW(open_write), ROW(open_both), ROW(open_create), ROW(open_exclusive), ROW(open_truncate), ROW(open_read_truncate),
    ROW(open_append), ROW(open_directory), ROW(open_nofollow), ROW(open_nofollow_create), ROW(open_path), ROW(open_path_nofollow),
    ROW(open_tmpfile), ROW(open_create_directory), ROW(open_bad_access), ROW(call_creat), ROW(call_unlink), ROW(call_rmdir), ROW(call_remove),
    ROW(call_unlinkat), ROW(call_unlinkat_dir), ROW(call_unlinkat_bad_flag), ROW(call_unlinkat_bad_fd), ROW(call_mkdir), ROW(call_mkdir_sticky),
    ROW(call_mkfifo), ROW(call_mknod_file), ROW(call_mknod_bad), ROW(call_chmod), ROW(call_fchmodat_nofollow), ROW(call_chown), ROW(call_lchown),
    ROW(call_truncate), ROW(call_truncate_negative), ROW(call_utimes), ROW(call_setxattr), ROW(call_removexattr), ROW(call_symlink),
    ROW(call_symlink_empty), ROW(call_access), ROW(fopen_r), ROW(fopen_w), ROW(fopen_a_plus), ROW(fopen_wx), ROW(fopen_bad), ROW(call_opendir),
    ROW(call_execve), ROW(call_execvp),
};

static const struct {
    const char *name;
    two call;
} twos[] = {ROW(rename2), ROW(rename_noreplace), ROW(rename_exchange), ROW(rename_bad_flags), ROW(rename_bad_fd), ROW(link2), ROW(link_follow)};

static void report(const char *name, const char *from, const char *to, long result, int error)
{
    printf("%s(%.20s%s%.20s) = %ld %s:", name, from == NULL ? "NULL" : from, to == NULL ? "" : ", ", to == NULL ? "" : to, result,
           result < 0 ? strerrorname_np(error) : "ok");
    list(".", 0);
    putchar('\n');
}

static void run_one(const char *name, one call, const char *path)
{
    fixture();
    errno = 0;
    long result = call(path);
    report(name, path, NULL, result, errno);
}

static void run_two(const char *name, two call, const char *from, const char *to)
{
    fixture();
    errno = 0;
    long result = call(from, to);
    report(name, from, to, result, errno);
}

int main(int argc, char **argv)
{
    must(argc == 2 && realpath(argv[1], root) != NULL, "usage: errno EMPTY_DIRECTORY");
    umask(022);
    memset(long_name, 'n', sizeof long_name - 1);
    for (size_t i = 0; i + 2 < sizeof long_path; i += 2)
        memcpy(long_path + i, "./", 2);
    const char *bad = (const char *)16;
    for (size_t i = 0; i < sizeof ones / sizeof *ones; i++) {
        for (size_t j = 0; j < sizeof paths / sizeof *paths; j++)
            run_one(ones[i].name, ones[i].call, paths[j]);
        run_one(ones[i].name, ones[i].call, long_name);
        run_one(ones[i].name, ones[i].call, long_path);
    }
    for (size_t i = 0; i < sizeof twos / sizeof *twos; i++)
        for (size_t j = 0; j < sizeof paths / sizeof *paths; j++)
            for (size_t k = 0; k < sizeof paths / sizeof *paths; k++)
                run_two(twos[i].name, twos[i].call, paths[j], paths[k]);
    fixture();
    printf("bad pointers: %d", unlink(bad));
    printf(" %d %d\n", errno, open(bad, O_RDONLY));
    printf("%d %d\n", errno, rename("file", bad));
    printf("%d %d\n", errno, mkdir(bad, 0700));
    printf("%d\n", errno);
    int low = open("file", O_RDONLY), next = open("other", O_WRONLY);
    printf("descriptors: %d %d\n", low, next - low);
    must(mkdir("gone", 0700) == 0 && chdir("gone") == 0 && rmdir("../gone") == 0, "gone");
    printf("deleted directory: %d", open("x", O_WRONLY | O_CREAT, 0600));
    printf(" %d %d", errno, mkdir("y", 0700));
    printf(" %d %d", errno, unlink("../file"));
    printf(" %d\n", errno);
    return 0;
}
