/*
 * A core for the tests of the wrappers: it allows everything except what names a "victim", keeps the
 * library in the environment of what is executed, and owns one descriptor.
 */
#define _GNU_SOURCE
#include "core/mediate.h"
#include "core/state.h"
#include "core/sys.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define OWN_DESCRIPTOR 700
#define ENTRIES 2000
#define REFUSED "victim"

struct core_image core_image;
static int own_pid, wants_trap;
static char preload[4200];
static struct { char program[8]; char *envp[ENTRIES]; } planned; /* as long as nobody spawns twice at once */

/* Which arguments of a system call are paths, as bits. */
static const struct {
    long nr;
    unsigned paths;
} calls[] = {
    {SYS_open, 1},       {SYS_creat, 1},       {SYS_unlink, 1},      {SYS_rmdir, 1},      {SYS_rename, 3},
    {SYS_mkdir, 1},      {SYS_chmod, 1},       {SYS_link, 3},        {SYS_symlink, 2},
    {SYS_openat, 2},     {SYS_openat2, 2},     {SYS_unlinkat, 2},    {SYS_renameat, 10},  {SYS_renameat2, 10},
    {SYS_linkat, 10},    {SYS_symlinkat, 4},   {SYS_mkdirat, 2},     {SYS_mknodat, 2},    {SYS_fchmodat, 2},
    {452, 2},            {SYS_fchownat, 2},    {SYS_setxattr, 1},    {SYS_lsetxattr, 1},  {SYS_removexattr, 1},
    {SYS_lremovexattr, 1}, {SYS_utimensat, 2}, {SYS_truncate, 1},    {SYS_mount, 2},      {SYS_umount2, 1},
    {SYS_pivot_root, 3}, {SYS_chroot, 1},      {SYS_move_mount, 10}, {SYS_fspick, 2},     {SYS_open_tree, 2},
    {SYS_mount_setattr, 2}, {SYS_quotactl, 2}, {SYS_swapon, 1},      {SYS_swapoff, 1},    {SYS_acct, 1},
    {SYS_mq_open, 1},    {SYS_mq_unlink, 1},
};

static const char *path_of(long nr, int argument, const long args[6]) {
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
        if (calls[i].nr == nr && (calls[i].paths & (1u << argument)))
            return (const char *)args[argument];
    return NULL;
}

static int names_victim(const struct sockaddr *address, size_t size) {
    return address && size > 8 && address->sa_family == AF_UNIX && memmem(address->sa_data, size - 2, REFUSED, 6);
}

long aegis_judge(long nr, const long args[6]) {
    for (int i = 0; i < 6; i++) {
        const char *path = path_of(nr, i, args);
        /* The kernel checks the pointer, since it must answer EFAULT as it did before. */
        if (path && SYS4(SYS_faccessat, AT_FDCWD, path, F_OK, 0) != -EFAULT && strstr(path, REFUSED))
            return -EPERM;
    }
    if ((nr == SYS_connect || nr == SYS_bind) && names_victim((const void *)args[1], (size_t)args[2]))
        return -EPERM;
    if (nr == SYS_sendto && names_victim((const void *)args[4], (size_t)args[5]))
        return -EPERM;
    return 0;
}

long aegis_mediate(long nr, const long args[6]) {
    long refused = aegis_judge(nr, args);
    if (!refused && nr == SYS_execve)
        return aegis_execute(AT_FDCWD, (const char *)args[0], (char *const *)args[1], (char *const *)args[2], 0);
    return refused ? refused : aegis_syscall6(nr, args[0], args[1], args[2], args[3], args[4], args[5]);
}

/* The trap takes as mediated what has a row: every call that this core refuses anything of. */
const struct core_op *core_op_of(long nr);
const struct core_op *core_op_of(long nr) {
    static const char any;
    const long none[6] = {0};
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
        if (calls[i].nr == nr)
            return (const void *)&any;
    return nr == SYS_connect || nr == SYS_bind || nr == SYS_execve ? (const void *)&none : NULL;
}

struct core_process *core_process(void) {
    return NULL;
}

/* A child on its parent's memory. */
bool core_borrowing(const struct core_process *process) {
    (void)process;
    return SYS0(SYS_getpid) != own_pid;
}

int aegis_wants_trap(void) {
    return wants_trap;
}

void aegis_greet(int coverage, int reason) {
    (void)coverage;
    (void)reason;
}

void aegis_prepare(enum aegis_front front, char *const envp[]) {
    (void)front;
    own_pid = (int)SYS0(SYS_getpid);
    for (char *const *at = envp; at && *at; at++)
        wants_trap |= strcmp(*at, "TEST_TRAP=1") == 0;
    for (; envp && *envp; envp++)
        if (strncmp(*envp, "LD_PRELOAD=", 11) == 0)
            strncpy(preload, *envp, sizeof preload - 1);
    int null = (int)SYS4(SYS_openat, AT_FDCWD, "/dev/null", O_RDWR | O_CLOEXEC, 0);
    SYS3(SYS_dup3, null, OWN_DESCRIPTOR, O_CLOEXEC);
    SYS1(SYS_close, null);
}

static char *const *rebuilt(char *const envp[], char *to[ENTRIES]) {
    int used = 0;
    for (; envp && *envp && used < ENTRIES - 2; envp++)
        if (strncmp(*envp, "LD_PRELOAD=", 11) != 0)
            to[used++] = *envp;
    if (*preload)
        to[used++] = preload;
    to[used] = NULL;
    return to;
}

long aegis_execute(int dir, const char *path, char *const argv[], char *const envp[], int flags) {
    char *environment[ENTRIES];
    if (SYS4(SYS_faccessat, AT_FDCWD, path, F_OK, 0) != -EFAULT && strstr(path, REFUSED))
        return -EACCES;
    return SYS5(SYS_execveat, dir, path, argv, rebuilt(envp, environment), flags);
}

/* What the kernel would say to an execve of path in directory cwd. */
static long executable(const char *path, const char *cwd) {
    long dir = cwd ? SYS4(SYS_openat, AT_FDCWD, cwd, O_PATH | O_DIRECTORY | O_CLOEXEC, 0) : AT_FDCWD;
    if (dir < 0 && dir != AT_FDCWD)
        return dir;
    char head[4] = {0};
    struct stat status;
    long error = SYS4(SYS_newfstatat, dir, path, &status, 0);
    if (!error)
        error = S_ISREG(status.st_mode) ? SYS3(SYS_faccessat, dir, path, X_OK) : -EACCES;
    if (!error) {
        long fd = SYS4(SYS_openat, dir, path, O_RDONLY | O_CLOEXEC, 0);
        SYS3(SYS_read, fd, head, sizeof head);
        SYS1(SYS_close, fd);
        error = memcmp(head, "#!", 2) == 0 || memcmp(head, "\177ELF", 4) == 0 ? 0 : -ENOEXEC;
    }
    if (cwd)
        SYS1(SYS_close, dir);
    return error;
}

long aegis_spawn_begin(struct aegis_spawn *plan, const char *path, const char *cwd, char *const argv[],
                       char *const envp[]) {
    long error = executable(path, cwd);
    if (error)
        return error;
    int refused = strstr(path, REFUSED) != NULL;
    static char *const denial[] = {"sh", "-c", "exit 126", NULL};
    *plan = (struct aegis_spawn){.path = refused ? "/bin/sh" : path, .argv = refused ? denial : argv,
                                 .envp = rebuilt(envp, planned.envp)};
    return refused;
}

void aegis_spawn_end(struct aegis_spawn *plan) {
    plan->path = NULL;
}

void aegis_forked(int child) {
    (void)child;
}

int aegis_owns_descriptor(int fd) {
    return fd == OWN_DESCRIPTOR;
}

int aegis_next_descriptor(int from) {
    return from <= OWN_DESCRIPTOR ? OWN_DESCRIPTOR : -1;
}
