/* One operation each; the result of the kernel, or of what stands before it, is printed. */
#include "guest.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

static int result(long got)
{
    printf("%d\n", got < 0 ? errno : 0);
    return 0;
}

int guest_unlink(int argc, char **argv)
{
    return result(argc == 1 ? unlink(argv[0]) : -1);
}

int guest_rename(int argc, char **argv)
{
    return result(argc == 2 ? rename(argv[0], argv[1]) : -1);
}

int guest_write(int argc, char **argv)
{
    int fd = argc == 1 ? open(argv[0], O_WRONLY | O_CREAT | O_TRUNC, 0600) : -1;
    return result(fd < 0 ? -1 : write(fd, "written", 7));
}

/* The arguments are the command. */
int guest_execute(int argc, char **argv)
{
    fflush(stdout);
    return result(argc > 0 ? execv(argv[0], argv) : -1);
}

/* Execute with few descriptors, a small stack, and little room for addresses. */
int guest_limited(int argc, char **argv)
{
    MUST(!setrlimit(RLIMIT_NOFILE, &(struct rlimit){12, 12}));
    MUST(!setrlimit(RLIMIT_STACK, &(struct rlimit){256 << 10, 256 << 10}));
    MUST(!setrlimit(RLIMIT_AS, &(struct rlimit){32 << 20, 32 << 20}));
    return guest_execute(argc, argv);
}

/* Forbid itself and its children to speak to anybody, as the sandbox of a tool does, and execute in a child. */
int guest_filtered(int argc, char **argv)
{
    /* As <linux/filter.h> has it, which not every C library brings. */
    enum { LOAD = 0x20, WHEN = 0x15, RETURN = 0x06, MODE_FILTER = 1 };
    struct word {
        unsigned short code;
        unsigned char yes, no;
        unsigned value;
    } words[] = {
        {LOAD, 0, 0, 0},
        {WHEN, 4, 0, SYS_socket},
        {WHEN, 3, 0, SYS_connect},
        {WHEN, 2, 0, SYS_sendto},
        {WHEN, 1, 0, SYS_recvfrom},
        {RETURN, 0, 0, 0x7fff0000u},
        {RETURN, 0, 0, 0x00050000u | EPERM},
    };
    struct {
        unsigned short count;
        struct word *words;
    } filter = {sizeof words / sizeof *words, words};
    struct sockaddr_un address = {.sun_family = AF_UNIX, .sun_path = "/nowhere"};
    int before = socket(AF_UNIX, SOCK_STREAM, 0), status;
    MUST(!prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0));
    MUST(!syscall(SYS_seccomp, MODE_FILTER, 0, &filter));
    MUST(socket(AF_UNIX, SOCK_STREAM, 0) == -1 && errno == EPERM);
    MUST(connect(before, (struct sockaddr *)&address, sizeof address) == -1);
    close(before);
    pid_t child = fork();
    MUST(child >= 0);
    if (!child)
        return guest_execute(argc, argv);
    MUST(waitpid(child, &status, 0) == child);
    return WEXITSTATUS(status);
}

/* unlink by an instruction of its own, and by the numbers that nobody may use. */
int guest_raw(int argc, char **argv)
{
    long got;
    MUST(argc == 1);
    __asm__ volatile("syscall" : "=a"(got) : "a"(SYS_unlink), "D"(argv[0]) : "rcx", "r11", "memory");
    errno = (int)-got;
    result(got);
    __asm__ volatile("syscall" : "=a"(got) : "a"(SYS_unlink | 0x40000000), "D"(argv[0]) : "rcx", "r11", "memory");
    MUST(got == -ENOSYS);
    __asm__ volatile("syscall" : "=a"(got) : "a"(SYS_io_uring_setup), "D"(8), "S"(0) : "rcx", "r11", "memory");
    MUST(got == -ENOSYS);
    MUST(prctl(PR_SET_MM, PR_SET_MM_ARG_START, argv[0], 0, 0) == -1 && errno == EPERM);
    return 0;
}
