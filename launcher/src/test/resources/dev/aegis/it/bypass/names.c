#define _GNU_SOURCE
#include <linux/fs.h>
#include <sys/mount.h>
#include <sys/socket.h>

#include "bypass.h"

static void bound(void)
{
    char copy[4096], *name = split(copy);
    char path[4200], alias[64];
    snprintf(alias, sizeof alias, "alias-%d", getpid());
    if (mkdir(alias, 0700) || unshare(CLONE_NEWUSER | CLONE_NEWNS) || mount(copy, alias, NULL, MS_BIND, NULL))
        return;
    snprintf(path, sizeof path, "%s/%s", alias, name);
    raw(UNLINK, path, 0, 0);
}
/* The same mount taken away while a descriptor still leads into it: what it leads to has no name any more. */
static void left_behind(void)
{
    char copy[4096], *name = split(copy), alias[64];
    snprintf(alias, sizeof alias, "alias-%d", getpid());
    if (mkdir(alias, 0700) || unshare(CLONE_NEWUSER | CLONE_NEWNS) || mount(copy, alias, NULL, MS_BIND, NULL))
        return;
    long directory = raw(SYS_open, alias, O_PATH | O_DIRECTORY, 0);
    umount2(alias, MNT_DETACH);
    raw(SYS_unlinkat, directory, name, 0);
}
static void changed_root(void)
{
    char copy[4096], path[4200];
    snprintf(path, sizeof path, "/%s", split(copy));
    if (unshare(CLONE_NEWUSER) == 0 && chroot(copy) == 0)
        raw(UNLINK, path, 0, 0);
}
static void pivoted(void)
{
    char copy[4096], path[4200];
    snprintf(path, sizeof path, "/%s", split(copy));
    if (unshare(CLONE_NEWUSER | CLONE_NEWNS) || mount(copy, copy, NULL, MS_BIND, NULL) || chdir(copy) || syscall(SYS_pivot_root, ".", "."))
        return;
    raw(UNLINK, path, 0, 0);
}
/* A copy of the directory's mount that is attached nowhere: it has no name. */
static void detached(void)
{
    char copy[4096], *name = split(copy);
    if (unshare(CLONE_NEWUSER | CLONE_NEWNS))
        return;
    long tree = raw(SYS_open_tree, AT_FDCWD, copy, 1 /* OPEN_TREE_CLONE */);
    raw(SYS_unlinkat, tree, name, 0);
}
/* As the upper layer of an overlay: what is deleted there is deleted below. */
static void overlaid(void)
{
    char copy[4096], path[4200], options[8700], *name = split(copy);
    snprintf(path, sizeof path, "%s-%d", copy, getpid());
    mkdir(path, 0700);
    char lower[4300], work[4300], merged[4300];
    snprintf(lower, sizeof lower, "%s/lower", path);
    snprintf(work, sizeof work, "%s/work", path);
    snprintf(merged, sizeof merged, "%s/merged", path);
    mkdir(lower, 0700), mkdir(work, 0700), mkdir(merged, 0700);
    snprintf(options, sizeof options, "lowerdir=%s,upperdir=%s,workdir=%s,userxattr", lower, copy, work);
    if (unshare(CLONE_NEWUSER | CLONE_NEWNS) || mount("overlay", merged, "overlay", 0, options))
        return;
    char target[8500];
    snprintf(target, sizeof target, "%s/%s", merged, name);
    raw(UNLINK, target, 0, 0);
}
static void by_handle(void)
{
    char copy[4096], *name = split(copy);
    struct { struct file_handle handle; char room[MAX_HANDLE_SZ]; } target = {.handle = {.handle_bytes = MAX_HANDLE_SZ}};
    int mount_id;
    if (name_to_handle_at(AT_FDCWD, copy, &target.handle, &mount_id, 0))
        return;
    long root = raw(SYS_open, "/", O_RDONLY, 0);
    raw(SYS_unlinkat, raw(SYS_open_by_handle_at, root, &target.handle, O_RDONLY | O_DIRECTORY), name, 0);
}
/* The directory as a descriptor that another process sent. */
static void received(void)
{
    int pair[2];
    char copy[4096], *name = split(copy), byte = 0, room[CMSG_SPACE(sizeof(int))] = {0};
    struct iovec one = {&byte, 1};
    struct msghdr message = {.msg_iov = &one, .msg_iovlen = 1, .msg_control = room, .msg_controllen = sizeof room};
    socketpair(AF_UNIX, SOCK_STREAM, 0, pair);
    if (fork() == 0) {
        struct cmsghdr *head = CMSG_FIRSTHDR(&message);
        *head = (struct cmsghdr){.cmsg_len = CMSG_LEN(sizeof(int)), .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS};
        int fd = open(copy, O_PATH | O_DIRECTORY);
        memcpy(CMSG_DATA(head), &fd, sizeof fd);
        sendmsg(pair[1], &message, 0);
        _exit(0);
    }
    int fd = -1;
    if (recvmsg(pair[0], &message, 0) == 1 && CMSG_FIRSTHDR(&message))
        memcpy(&fd, CMSG_DATA(CMSG_FIRSTHDR(&message)), sizeof fd);
    raw(SYS_unlinkat, fd, name, 0);
}
static void exchanged(void)
{
    char other[64];
    snprintf(other, sizeof other, "other-%d", getpid());
    mkdir(other, 0700); /* a directory: what is left in the victim's place is no longer the file */
    if (raw6(SYS_renameat2, AT_FDCWD, (long)victim, AT_FDCWD, (long)other, RENAME_EXCHANGE, 0) == 0)
        puts("SUCCEEDED");
}
const struct attack attacks_of_names[] = {
    {"bound", bound}, {"left-behind", left_behind}, {"changed-root", changed_root}, {"pivoted", pivoted}, {"detached", detached},
    {"overlaid", overlaid}, {"by-handle", by_handle}, {"received", received}, {"exchanged", exchanged},
    {NULL, NULL},
};
