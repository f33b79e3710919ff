/*
 * A core that refuses everything that names "victim": no entry of the table may get past it, and
 * afterwards the victims are as they were.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <mqueue.h>
#include <pty.h>
#include <semaphore.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/swap.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <unistd.h>
#include <utime.h>
#include <utmp.h>
#include <wordexp.h>

extern char **environ;
extern int pidfd_spawn(int *, const char *, const posix_spawn_file_actions_t *, const posix_spawnattr_t *, char *const[], char *const[]) __attribute__((weak));
extern int __xmknod(int version, const char *path, mode_t mode, dev_t *device);
extern int __open_2(const char *, int), __openat64_2(int, const char *, int), acct(const char *), pivot_root(const char *, const char *);
extern FILE *_IO_fopen(const char *, const char *), *_IO_popen(const char *, const char *);

static int attempts, failures;

static void failed(const char *what, int result, int error) {
    printf("not refused: %s = %d errno %s\n", what, result, strerrorname_np(error));
    failures++;
}

#define REFUSED(call) \
    ({ \
        errno = 0, attempts++; \
        long result_ = (long)(call); \
        if (result_ != -1 || (errno != EPERM && errno != EACCES)) \
            failed(#call, (int)result_, errno); \
    })
#define REFUSED_POINTER(call) REFUSED((call) ? 0 : -1)

#define TOUCH "echo touched >> victim; rm -rf victims"
/* The shell itself may run; what it does to a victim may not. */
#define HARMLESS(call) (attempts++, (void)(call))

static char *const touch[] = {"sh", "-c", TOUCH, NULL};

static void spawned(int error, pid_t child) {
    if (!error)
        waitpid(child, NULL, 0);
}

static void opening(void) {
    char template[4][20] = {"victims/XXXXXX", "victims/XXXXXX", "victims/XXXXXX.c", "victims/XXXXXX.c"}, directory[] = "victims/XXXXXX";
    REFUSED(open("victim", O_WRONLY)), REFUSED(open64("victim", O_TRUNC)), REFUSED(openat(AT_FDCWD, "victim", O_RDWR | O_CREAT, 0600));
    REFUSED(openat64(AT_FDCWD, "victim", O_WRONLY)), REFUSED(creat("victim", 0600)), REFUSED(creat64("victim-2", 0600));
    REFUSED(__open_2("victim", O_WRONLY)), REFUSED(__openat64_2(AT_FDCWD, "victim", O_WRONLY));
    REFUSED(syscall(SYS_openat, AT_FDCWD, "victim", O_WRONLY)), REFUSED(syscall(SYS_creat, "victim", 0600)), REFUSED(syscall(SYS_unlink, "victim"));
    REFUSED(syscall(SYS_rename, "victim", "x")), REFUSED(syscall(SYS_truncate, "victim", 0));
    REFUSED_POINTER(fopen("victim", "w")), REFUSED_POINTER(fopen64("victim", "a")), REFUSED_POINTER(_IO_fopen("victim", "r+"));
    REFUSED_POINTER(fopen("victim", "w,ccs=UTF-8")), REFUSED_POINTER(fopen("victim", "r"));
    REFUSED_POINTER(freopen("victim", "w", fopen("/dev/null", "r"))), REFUSED_POINTER(freopen64("victim", "a", fopen("/dev/null", "r")));
    REFUSED(mkstemp(template[0])), REFUSED(mkostemp64(template[1], O_CLOEXEC)), REFUSED(mkstemps(template[2], 2)), REFUSED(mkostemps(template[3], 2, 0));
    REFUSED_POINTER(mkdtemp(directory));
    REFUSED(shm_open("/victim", O_RDWR | O_CREAT, 0600)), REFUSED(sem_open("/victim", O_CREAT, 0600, 1) == SEM_FAILED ? -1 : 0);
    REFUSED(mq_open("/victim", O_RDWR | O_CREAT, 0600, NULL));
    struct utmp entry = {.ut_type = USER_PROCESS};
    utmpname("victim");
    REFUSED_POINTER(pututline(&entry));
    HARMLESS(updwtmp("victim", &entry));
}

static void naming(void) {
    dev_t none = 0;
    REFUSED(unlink("victim")), REFUSED(unlinkat(AT_FDCWD, "victim", 0)), REFUSED(rmdir("victims")), REFUSED(remove("victim")), REFUSED(remove("victims"));
    REFUSED(shm_unlink("/victim")), REFUSED(sem_unlink("/victim"));
    REFUSED(rename("victim", "x")), REFUSED(rename("other", "victim")), REFUSED(renameat(AT_FDCWD, "victim", AT_FDCWD, "x"));
    REFUSED(renameat2(AT_FDCWD, "other", AT_FDCWD, "victim", RENAME_EXCHANGE)), REFUSED(link("victim", "x")), REFUSED(link("other", "victim-2"));
    REFUSED(linkat(AT_FDCWD, "victim", AT_FDCWD, "x", 0)), REFUSED(symlink("x", "victim-2")), REFUSED(symlinkat("x", AT_FDCWD, "victim-2"));
    REFUSED(mkdir("victim-2", 0700)), REFUSED(mkdirat(AT_FDCWD, "victim-2", 0700)), REFUSED(mkfifo("victim-2", 0600)), REFUSED(mkfifoat(AT_FDCWD, "victim-2", 0600));
    REFUSED(mknod("victim-2", S_IFREG | 0600, 0)), REFUSED(mknodat(AT_FDCWD, "victim-2", S_IFREG | 0600, 0)), REFUSED(__xmknod(0, "victim-2", S_IFREG | 0600, &none));
}

static void describing(void) {
    struct timespec nano[2] = {{1, 1}, {1, 1}};
    struct timeval micro[2] = {{1, 1}, {1, 1}};
    struct utimbuf seconds = {1, 1};
    REFUSED(chmod("victim", 0777)), REFUSED(fchmodat(AT_FDCWD, "victim", 0777, 0)), REFUSED(fchmodat(AT_FDCWD, "victim", 0777, AT_SYMLINK_NOFOLLOW)), REFUSED(lchmod("victim", 0777));
    REFUSED(chown("victim", 1, 1)), REFUSED(lchown("victim", 1, 1)), REFUSED(fchownat(AT_FDCWD, "victim", 1, 1, 0));
    REFUSED(setxattr("victim", "user.a", "b", 1, 0)), REFUSED(lsetxattr("victim", "user.a", "b", 1, 0)), REFUSED(removexattr("victim", "user.b")), REFUSED(lremovexattr("victim", "user.b"));
    REFUSED(utime("victim", &seconds)), REFUSED(utimes("victim", micro)), REFUSED(lutimes("victim", micro)), REFUSED(futimesat(AT_FDCWD, "victim", micro)), REFUSED(utimensat(AT_FDCWD, "victim", nano, 0));
    REFUSED(truncate("victim", 0)), REFUSED(truncate64("victim", 0));
    REFUSED(mount("none", "victims", "tmpfs", 0, NULL)), REFUSED(umount("victims")), REFUSED(umount2("victims", 0)), REFUSED(pivot_root("victims", "victims")), REFUSED(chroot("victims"));
    REFUSED(swapon("victim", 0)), REFUSED(swapoff("victim")), REFUSED(acct("victim"));
    struct sockaddr_un name = {.sun_family = AF_UNIX, .sun_path = "victim-socket"};
    struct sockaddr *to = (struct sockaddr *)&name;
    int fd = socket(AF_UNIX, SOCK_DGRAM, 0);
    struct msghdr message = {.msg_name = &name, .msg_namelen = sizeof name};
    struct mmsghdr messages = {.msg_hdr = message};
    REFUSED(bind(fd, to, sizeof name)), REFUSED(connect(fd, to, sizeof name)), REFUSED(sendto(fd, "", 0, 0, to, sizeof name)), REFUSED(sendmsg(fd, &message, 0)), REFUSED(sendmmsg(fd, &messages, 1, 0));
}

static void executing(void) {
    char *const argv[] = {"victim-program", NULL};
    REFUSED(execve("./victim-program", argv, environ)), REFUSED(execv("./victim-program", argv)), REFUSED(execvp("./victim-program", argv)), REFUSED(execvpe("victim-program", argv, environ));
    REFUSED(execl("./victim-program", "x", (char *)NULL)), REFUSED(execlp("victim-program", "x", (char *)NULL)), REFUSED(execle("./victim-program", "x", (char *)NULL, environ));
    REFUSED(execveat(AT_FDCWD, "./victim-program", argv, environ, 0)), REFUSED(syscall(SYS_execve, "./victim-program", argv, environ));

    pid_t child;
    int status, pidfd;
    posix_spawn_file_actions_t actions;
    if (posix_spawn(&child, "./victim-program", NULL, NULL, argv, environ) == 0) {
        waitpid(child, &status, 0);
        attempts++;
        if (!WIFEXITED(status) || WEXITSTATUS(status) != 126)
            failed("posix_spawn of a refused program", status, 0);
    }
    char *const bare[] = {NULL};
    HARMLESS(system(TOUCH)), HARMLESS(pclose(popen(TOUCH, "r"))), HARMLESS(pclose(_IO_popen(TOUCH, "r")));
    wordexp_t words;
    HARMLESS(wordexp("$(" "echo touched >> victim" ")", &words, 0));
    spawned(posix_spawn(&child, "/bin/sh", NULL, NULL, touch, bare), child), spawned(posix_spawnp(&child, "sh", NULL, NULL, touch, bare), child);
    if (pidfd_spawn && pidfd_spawn(&pidfd, "/bin/sh", NULL, NULL, touch, bare) == 0)
        waitid(P_PIDFD, (id_t)pidfd, &(siginfo_t){0}, WEXITED);
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 1, "victim", O_WRONLY | O_TRUNC, 0);
    errno = posix_spawn(&child, "/bin/true", &actions, NULL, argv, environ), attempts++;
    if (errno != EPERM)
        failed("posix_spawn with an open", 0, errno);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addchdir_np(&actions, "victims");
    posix_spawn_file_actions_addopen(&actions, 1, "../victim", O_WRONLY | O_TRUNC, 0);
    errno = posix_spawn(&child, "/bin/true", &actions, NULL, argv, environ), attempts++;
    if (errno != EPERM)
        failed("posix_spawn with an open after chdir", 0, errno);
    posix_spawn_file_actions_destroy(&actions);

    for (int i = 0; i < 5; i++) {
        attempts++;
        child = i == 0 ? fork() : i == 1 ? vfork() : i == 2 ? _Fork() : i == 3 ? (pid_t)syscall(SYS_fork) : forkpty(&pidfd, NULL, NULL, NULL);
        if (child == 0) {
            execle("/bin/sh", "sh", "-c", TOUCH " 2>/dev/null", (char *)NULL, bare);
            _exit(1);
        }
        waitpid(child, NULL, 0);
    }
}

int main(void) {
    struct stat before, after, directory;
    char text[20] = "";
    stat("victim", &before);
    int standard_error = dup(2), null = open("/dev/null", O_WRONLY);
    dup2(null, 2);
    opening(), naming(), describing(), executing();
    dup2(standard_error, 2);
    int kept = stat("victim", &after) == 0 && before.st_ino == after.st_ino && before.st_size == after.st_size && before.st_mode == after.st_mode
               && before.st_uid == after.st_uid && before.st_mtim.tv_sec == after.st_mtim.tv_sec && before.st_mtim.tv_nsec == after.st_mtim.tv_nsec && after.st_nlink == 1;
    if (!kept || stat("victims", &directory) != 0 || access("victim-2", F_OK) == 0 || access("victim-socket", F_OK) == 0) {
        printf("a victim has changed: %s\n", text);
        failures++;
    }
    printf("%d attempts, %d not refused\n", attempts, failures);
    return failures != 0;
}
