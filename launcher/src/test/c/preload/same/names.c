/* Calls on names: what they do and, above all, the errors in every wrong case. */
#include "show.h"

#include <sys/mman.h>
#include <sys/sysmacros.h>
#include <sys/time.h>
#include <sys/xattr.h>
#include <utime.h>

#define BAD ((char *)8)

extern int __xmknod(int version, const char *path, mode_t mode, dev_t *device);

static void fresh(void) {
    system("rm -rf d f g l long n; mkdir -p d/sub; echo text > f; echo more > d/file; ln -s f l; ln -s gone n");
}

int main(void) {
    umask(027);
    char *volatile nothing = NULL;
    char name[300];
    memset(name, 'x', 299);
    name[299] = 0;
    fresh();
    SHOW(unlink("f")), SHOW(unlink("f")), SHOW(unlink("d")), SHOW(unlink("")), SHOW(unlink(nothing)), SHOW(unlink(BAD));
    SHOW(unlink(name)), SHOW(unlink("l/x")), SHOW(unlink("l")), SHOW(unlinkat(99, "x", 0)), SHOW(unlinkat(AT_FDCWD, "d", 8));
    SHOW(rmdir("d")), SHOW(rmdir("d/sub")), SHOW(rmdir("d/file")), SHOW(rmdir("d/.")), SHOW(rmdir("/")), SHOW(rmdir(BAD));
    SHOW(remove("d/file")), printf("directory removed %d\n", remove("d") == 0), SHOW(remove("d")), SHOW(remove(BAD)), SHOW(remove("/proc/self"));
    fresh();
    SHOW(rename("f", "g")), SHOW(rename("f", "g")), SHOW(rename("g", "d")), SHOW(rename("d", "g")), SHOW(rename("d", "d/sub"));
    SHOW(rename("", "x")), SHOW(rename("g", "")), SHOW(rename(BAD, "g")), SHOW(rename("g", "none/g"));
    SHOW(renameat(AT_FDCWD, "g", 99, "h")), SHOW(renameat2(AT_FDCWD, "g", AT_FDCWD, "l", RENAME_NOREPLACE));
    SHOW(renameat2(AT_FDCWD, "g", AT_FDCWD, "l", RENAME_EXCHANGE)), SHOW(renameat2(AT_FDCWD, "g", AT_FDCWD, "l", 512));
    fresh();
    SHOW(link("f", "g")), SHOW(link("f", "g")), SHOW(link("d", "e")), SHOW(link("l", "g2")), SHOW(link("gone", "x"));
    SHOW(linkat(AT_FDCWD, "l", AT_FDCWD, "g3", AT_SYMLINK_FOLLOW)), SHOW(link(BAD, "x")), SHOW(symlink("a", "f"));
    SHOW(symlink("", "s0")), SHOW(symlink("a", "s1")), SHOW(symlinkat("a", 99, "s2")), SHOW(symlink("a", BAD));
    SHOW(unlink("g")), SHOW(unlink("g2")), SHOW(unlink("g3")), SHOW(unlink("s1"));
    fresh();
    SHOW(mkdir("g", 0777)), SHOW(mkdir("g", 0777)), SHOW(mkdir("f/x", 0777)), SHOW(mkdir("", 0777)), SHOW(mkdir(BAD, 0777));
    SHOW(mkdirat(99, "x", 0777)), SHOW(mkfifo("p", 0666)), SHOW(mkfifo("p", 0666)), SHOW(mkfifoat(AT_FDCWD, "f/p", 0666));
    dev_t wide = (dev_t)1 << 40, null = makedev(1, 3);
    SHOW(mknod("k", S_IFREG | 0640, 0)), SHOW(mknod("k", S_IFREG | 0640, 0)), SHOW(mknod("w", S_IFCHR | 0640, wide));
    SHOW(__xmknod(0, "k2", S_IFREG | 0640, &null)), SHOW(__xmknod(3, "k3", S_IFREG, &null)), SHOW(mknod("m", S_IFDIR, 0));
    SHOW(unlink("p")), SHOW(unlink("k")), SHOW(unlink("k2")), SHOW(rmdir("g"));
    SHOW(chmod("f", 0600)), SHOW(chmod("n", 0600)), SHOW(chmod(BAD, 0600)), SHOW(fchmod(99, 0600)), SHOW(lchmod("f", 0640));
    SHOW(lchmod("l", 0640)), SHOW(fchmodat(AT_FDCWD, "f", 0604, 0)), SHOW(fchmodat(AT_FDCWD, "l", 0600, AT_SYMLINK_NOFOLLOW));
    SHOW(fchmodat(AT_FDCWD, "f", 0600, 7)), SHOW(chown("f", -1, -1)), SHOW(chown("gone", -1, -1)), SHOW(lchown("n", -1, -1));
    SHOW(fchown(99, -1, -1)), SHOW(fchownat(AT_FDCWD, "", -1, -1, AT_EMPTY_PATH)), SHOW(fchownat(AT_FDCWD, "f", -1, -1, 7));
    SHOW(setxattr("f", "user.a", "b", 1, 0)), SHOW(setxattr("f", "user.a", "b", 1, XATTR_CREATE)), SHOW(setxattr(BAD, "user.a", "b", 1, 0));
    SHOW(lsetxattr("l", "user.a", "b", 1, 0)), SHOW(removexattr("f", "user.a")), SHOW(removexattr("f", "user.a"));
    SHOW(lremovexattr("l", "user.a")), SHOW(fsetxattr(99, "user.a", "b", 1, 0)), SHOW(fremovexattr(99, "user.a"));
    struct timespec nano[2] = {{5, 6}, {7, 8}}, bad[2] = {{5, 2000000000}, {0, 0}}, omit[2] = {{0, UTIME_OMIT}, {0, UTIME_NOW}};
    struct timeval micro[2] = {{9, 10}, {11, 12}}, over[2] = {{9, 2000000}, {0, 0}};
    struct utimbuf seconds = {13, 14};
    struct stat status;
    SHOW(utimensat(AT_FDCWD, "f", nano, 0)), SHOW(utimensat(AT_FDCWD, "f", bad, 0)), SHOW(utimensat(AT_FDCWD, "f", omit, 0));
    SHOW(utimensat(AT_FDCWD, nothing, nano, 0)), SHOW(futimens(-1, nano)), SHOW(futimens(99, nano)), SHOW(utimes("f", micro));
    stat("f", &status), printf("%ld.%09ld\n", (long)status.st_mtim.tv_sec, status.st_mtim.tv_nsec);
    SHOW(utimes("f", over)), SHOW(lutimes("n", micro)), SHOW(futimes(-1, micro)), SHOW(futimesat(AT_FDCWD, "f", micro));
    SHOW(utimes("f", NULL)), SHOW(utime("f", &seconds)), SHOW(utime("gone", NULL)), SHOW(utime("f", (struct utimbuf *)NULL));
    SHOW(truncate("f", 3)), SHOW(truncate("f", -1)), SHOW(truncate("d", 1)), SHOW(truncate(BAD, 1)), SHOW(truncate64("gone", 1));
    SHOW(open("f", O_RDONLY | O_CREAT | O_EXCL, 0600)), SHOW(open("d", O_WRONLY)), SHOW(open("n", O_RDONLY)), SHOW(open(BAD, O_RDONLY));
    SHOW(open("l", O_RDONLY | O_NOFOLLOW)), SHOW(open("f", O_DIRECTORY)), SHOW(open("", O_RDONLY)), SHOW(open(name, O_CREAT, 0600));
    SHOW(openat(99, "f", O_RDONLY)), SHOW(creat("none/x", 0600)), SHOW(open(".", O_TMPFILE | O_RDONLY, 0600)), SHOW(open64("l/", O_RDONLY));
    SHOW(close(openat(AT_FDCWD, ".", O_TMPFILE | O_RDWR, 0600))), SHOW(close(creat("g", 0666))), SHOW(close(open("g", O_RDWR | O_TRUNC)));
    SHOW(stat("g", &status)), printf("%o\n", status.st_mode);
    fresh();
    return 0;
}
