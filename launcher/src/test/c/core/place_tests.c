/* Names that mean something else than they say: other mounts, very deep directories, sockets, a narrowed baseline. */
#include "check.h"
#include "daemon.h"

#include <fcntl.h>
#include <sched.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <netinet/in.h>
#include <arpa/inet.h>
#include <unistd.h>

#include "core/frame.h"
#include "core/page.h"

int failures;
extern char **environ;

static void make(const char *name) {
    close(open(name, O_WRONLY | O_CREAT, 0644));
}

static const struct logged *question(unsigned from) {
    const struct logged *ask = NULL;
    frames_of(from, CORE_ASK, &ask);
    return ask;
}

static void path_is(const struct logged *ask, const char *expected) {
    size_t size = 0;
    const uint8_t *path = ask ? field(ask, CORE_PATH1, &size) : NULL;
    CHECK(path && size == strlen(expected) && !memcmp(path, expected, size), "%.*s, not %s", (int)size, path ? (const char *)path : "", expected);
}

/* In a child with a tree of mounts of its own, where that is permitted. */
static int in_own_mounts(void (*body)(void)) {
    pid_t child = fork();
    if (!child) {
        failures = 0;
        if (unshare(CLONE_NEWNS) || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL))
            _exit(77);
        body();
        fflush(stdout);
        _exit(failures ? 1 : 0);
    }
    int status;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 99;
}

static void reach_the_state_by_another_mount(void) {
    shared->behaviour = ALLOW;
    mkdir("alias", 0755);
    mkdir("deeper", 0755);
    if (mount(home, "alias", NULL, MS_BIND, NULL) || mount(session, "deeper", NULL, MS_BIND, NULL))
        abort();
    CHECK(access("alias/inside/secret", F_OK) == 0 && access("deeper/home/inside/secret", F_OK) == 0, "the test is wrong");
    CHECK(M(SYS_openat, AT_FDCWD, "alias/inside/secret", O_RDONLY, 0, 0) == -EACCES, "read by a bind mount");
    CHECK(M(SYS_openat, AT_FDCWD, "deeper/home/inside/secret", O_RDONLY, 0, 0) == -EACCES, "read by a mount of its parent");
    CHECK(M(SYS_openat, AT_FDCWD, "alias/new", O_WRONLY | O_CREAT, 0600, 0) == -EACCES, "create by a bind mount");
    CHECK(M(SYS_unlink, "alias/inside/secret", 0, 0, 0, 0) == -EPERM, "unlink by a bind mount");
    CHECK(M(SYS_chmod, "alias", 0777, 0, 0, 0) == -EPERM, "chmod of the mount itself");
    CHECK(M(SYS_rename, "deeper/home", "deeper/elsewhere", 0, 0, 0) == -EPERM, "rename of the state");
    long fd = M(SYS_openat, AT_FDCWD, "deeper/work/plain", O_RDONLY, 0, 0);
    CHECK(fd >= 0, "beside it is free: %ld", fd);
}

static void the_state_is_guarded_under_every_mount(void) {
    char path[160];
    snprintf(path, sizeof path, "%s/inside", home);
    mkdir(path, 0700);
    snprintf(path, sizeof path, "%s/inside/secret", home);
    make(path);
    make("plain");
    int status = in_own_mounts(reach_the_state_by_another_mount);
    if (status == 77)
        printf("skipped: no right to mount\n");
    else
        CHECK(status == 0, "status %d", status);
}

#define LEVELS 60
static void directories_too_deep_to_name_can_be_worked_in(void) {
    char name[120];
    int start = open(".", O_RDONLY), levels = 0;
    shared->behaviour = ALLOW;
    memset(name, 'd', sizeof name - 1);
    name[sizeof name - 1] = 0;
    for (; levels < LEVELS; levels++) {
        long error = M(SYS_mkdir, name, 0755, 0, 0, 0);
        CHECK(error == 0, "level %d: %ld", levels, error);
        if (error || chdir(name))
            break;
    }
    unsigned from = shared->frames;
    long fd = M(SYS_openat, AT_FDCWD, "leaf", O_WRONLY | O_CREAT, 0600, 0);
    CHECK(fd >= 0, "create: %ld", fd);
    close((int)fd);
    size_t size = 0;
    const uint8_t *path = field(question(from), CORE_PATH1, &size);
    CHECK(path && size > 9 && !memcmp(path + size - 9, "/.../leaf", 9), "%.*s", (int)size, path);
    fd = M(SYS_openat, AT_FDCWD, "leaf", O_RDONLY, 0, 0);
    CHECK(fd >= 0, "open: %ld", fd);
    close((int)fd);
    CHECK(M(SYS_unlink, "leaf", 0, 0, 0, 0) == 0, "unlink");
    for (; levels > 0; levels--) {
        if (chdir(".."))
            break;
        CHECK(M(SYS_rmdir, name, 0, 0, 0, 0) == 0, "rmdir at %d", levels);
    }
    if (fchdir(start))
        abort();
    close(start);
}

static void sockets_are_known_by_what_they_lead_to(void) {
    char expected[160];
    struct sockaddr_un address = {.sun_family = AF_UNIX, .sun_path = "other-name"}, bound = {.sun_family = AF_UNIX, .sun_path = "./listening"};
    shared->behaviour = ALLOW;
    int listener = socket(AF_UNIX, SOCK_STREAM, 0), client = socket(AF_UNIX, SOCK_STREAM, 0);
    unsigned from = shared->frames;
    CHECK(M(SYS_bind, listener, &bound, sizeof bound, 0, 0) == 0 && listen(listener, 2) == 0, "bind");
    snprintf(expected, sizeof expected, "%s/work/listening", session);
    path_is(question(from), expected);
    struct sockaddr_un name;
    socklen_t size = sizeof name;
    getsockname(listener, (struct sockaddr *)&name, &size);
    CHECK(!strcmp(name.sun_path, "./listening"), "%s", name.sun_path);
    symlink("listening", "other-name");
    from = shared->frames;
    CHECK(M(SYS_connect, client, &address, sizeof address, 0, 0) == 0, "connect");
    path_is(question(from), expected);
    size = sizeof name;
    getpeername(client, (struct sockaddr *)&name, &size);
    CHECK(!strcmp(name.sun_path, "./listening"), "the peer is %s", name.sun_path);
    shared->behaviour = DENY;
    struct sockaddr_in far = {.sin_family = AF_INET, .sin_port = htons(9), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int datagram = socket(AF_INET, SOCK_DGRAM, 0);
    from = shared->frames;
    CHECK(mediated(SYS_sendto, datagram, (long)"x", 1, 0, (long)&far, sizeof far) == -EPERM, "sendto");
    size_t length = 0;
    const uint8_t *sent = field(question(from), CORE_ADDRESS, &length);
    CHECK(sent && length == sizeof far && !memcmp(sent, &far, length), "ADDRESS");
    struct iovec data = {"x", 1};
    struct mmsghdr messages[2] = {{.msg_hdr = {.msg_name = &far, .msg_namelen = sizeof far, .msg_iov = &data, .msg_iovlen = 1}}};
    messages[1] = messages[0];
    CHECK(M(SYS_sendmsg, datagram, &messages[0].msg_hdr, 0, 0, 0) == -EPERM, "sendmsg");
    CHECK(M(SYS_sendmmsg, datagram, messages, 2, 0, 0) == -EPERM, "sendmmsg");
    CHECK(M(SYS_sendmsg, datagram, (void *)16, 0, 0, 0) == -EFAULT, "bad pointer");
    shared->behaviour = ALLOW;
    CHECK(M(SYS_sendmmsg, datagram, messages, 2, 0, 0) == 2 && messages[1].msg_len == 1, "sendmmsg sends");
    close(listener), close(client), close(datagram);
}

static void a_narrowed_baseline_is_asked(void) {
    char path[96];
    shared->behaviour = DENY;
    snprintf(path, sizeof path, "%s/run/page", session);
    int fd = open(path, O_RDWR);
    uint32_t flags = CORE_NARROWED, none = 0;
    pwrite(fd, &flags, 4, offsetof(struct core_page, flags));
    CHECK(M(SYS_openat, AT_FDCWD, "/usr/bin/env", O_RDONLY, 0, 0) == -EACCES, "while it is narrowed");
    CHECK(M(SYS_openat, AT_FDCWD, "/dev/null", O_RDWR, 0, 0) == -EACCES, "while it is narrowed");
    pwrite(fd, &none, 4, offsetof(struct core_page, flags));
    long opened = M(SYS_openat, AT_FDCWD, "/usr/bin/env", O_RDONLY, 0, 0);
    CHECK(opened >= 0, "at once when it is not any more: %ld", opened);
    close((int)opened);
    close(fd);
}

int main(void) {
    char work[96];
    daemon_start("", "/bin/true");
    snprintf(work, sizeof work, "%s/work", session);
    mkdir(work, 0755);
    if (chdir(work))
        abort();
    aegis_start(AEGIS_PRELOAD, environ);
    the_state_is_guarded_under_every_mount();
    directories_too_deep_to_name_can_be_worked_in();
    sockets_are_known_by_what_they_lead_to();
    a_narrowed_baseline_is_asked();
    session_remove();
    return failures != 0;
}
