/* A filter of system calls that forbids the program to speak to anybody: its calls, and its children's, are judged all the same. */
#include "raw.h"

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/socket.h>

#define WHEN(nr, skip) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (nr), (skip), 0)

static struct sock_filter words[] = {
    BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
    WHEN(SYS_socket, 4), WHEN(SYS_connect, 3), WHEN(SYS_sendto, 2), WHEN(SYS_recvfrom, 1),
    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
};
static struct sock_fprog filter = {sizeof words / sizeof *words, words};

static int by_prctl(void) { return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter); }
static int by_syscall(void) { return (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &filter); }
static int by_instruction(void) { return (int)RAW(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &filter); }
static int by_raw_prctl(void) { return (int)RAW(SYS_prctl, PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter); }

static void judged(const char *where) {
    char name[64];
    snprintf(name, sizeof name, "filtered-%d", (int)getpid());
    make(name);
    EXPECT(RAW(SYS_unlink, "filtered-victim") == -EPERM && RAW(SYS_unlink, name) == 0, "%s", where);
    make(name);
    EXPECT(unlink("filtered-victim") == -1 && unlink(name) == 0, "%s, by libc", where);
}

static void in_child(const char *where, void (*run)(void)) {
    int status = -1;
    fflush(stdout);
    pid_t child = fork();
    if (!child) {
        run();
        fflush(stdout);
        _exit(failures != 0);
    }
    waitpid(child, &status, 0);
    EXPECT(status == 0, "%s: status %x", where, status);
}

static void in_fork(void) {
    judged("a fork");
}

static void program_removes(void) {
    execl("/bin/rm", "rm", "filtered-free", (char *)NULL);
}

static void program_fails(void) {
    EXPECT(WEXITSTATUS(system("rm -f filtered-victim 2>/dev/null")) == 1, "a victim, by a program");
}

static int (*install)(void);

static void filtered(void) {
    make("filtered-free");
    EXPECT(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && install() == 0, "the filter: %s", strerror(errno));
    EXPECT(socket(AF_UNIX, SOCK_STREAM, 0) == -1 && errno == EPERM, "by libc");
    EXPECT(RAW(SYS_socket, AF_UNIX, SOCK_STREAM, 0) == -EPERM, "by an instruction");
    judged("the program itself");
    in_child("a fork", in_fork);
    in_child("a program that removes", program_removes);
    EXPECT(!is_there("filtered-free"), "a program that removes");
    in_child("a program that may not", program_fails);
    EXPECT(is_there("filtered-victim"), "the victim");
}

int main(void) {
    static int (*const ways[])(void) = {by_prctl, by_syscall, by_instruction, by_raw_prctl};
    make("filtered-victim");
    for (int i = 0; i < 4; i++) {
        install = ways[i];
        in_child("a filter", filtered);
    }
    struct sock_fprog none = {0, words};
    EXPECT(RAW(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &none) == -EINVAL, "an empty filter");
    EXPECT(RAW(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, 8) == -EFAULT, "a bad pointer");
    return failures != 0;
}
